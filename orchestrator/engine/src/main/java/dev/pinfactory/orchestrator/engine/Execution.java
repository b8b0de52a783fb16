package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.StepCommit;
import java.util.List;

/**
 * One run of a plan. Not thread-safe: the shell hands it one event after the other.
 *
 * <p>A step starts the moment its own inputs are there. What an event leads to comes back as actions, in order; the execution itself does nothing.
 */
public final class Execution {
    private Execution(ExecutionRequest request, ExecutionSettings settings, List<StepCommit> journal) {}

    /** A new execution, which waits for {@link Event.Started}. */
    public static Execution create(ExecutionRequest request, ExecutionSettings settings) {
        return new Execution(request, settings, List.of());
    }

    /** An execution that goes on where the journal ends: what is committed never runs again. Waits for {@link Event.Started}. */
    public static Execution resume(ExecutionRequest request, ExecutionSettings settings, List<StepCommit> journal) {
        return new Execution(request, settings, journal);
    }

    /** Takes one event and answers what to do, in order; nothing when the event is late, a duplicate or unknown. */
    public List<Action> on(Event event) {
        throw new UnsupportedOperationException(event.toString());
    }

    /** Whether {@link Action.End} was given, or the execution was abandoned. */
    public boolean ended() {
        return false;
    }
}
