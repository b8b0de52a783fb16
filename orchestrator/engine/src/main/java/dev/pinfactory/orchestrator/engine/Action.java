package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.StepStarted;
import java.time.Instant;

/** What the shell has to do next, in this order. No action blocks the execution. */
public sealed interface Action {
    /**
     * Call a specialist, and bring {@link Event.Answered} or {@link Event.CallFailed}.
     *
     * @param request complete, with tenant, task, step and item in its context
     * @param deadline the call's deadline: the latest finish that still lets the steps behind it end in time
     */
    record Call(CallId id, InferRequest request, Instant deadline) implements Action {}

    /** Nobody waits for this call any more. Its answer would be ignored. */
    record CancelCall(CallId id) implements Action {}

    /** Write this down, then bring {@link Event.Committed}. Only asked for when the execution is durable. */
    record Commit(StepCommit commit) implements Action {}

    /** Bring an {@link Event.Tick} at this time or shortly after. Replaces an earlier request. */
    record WakeAt(Instant at) implements Action {}

    /** For the task's event stream: a step began. */
    record StepBegan(Instant at, StepStarted started) implements Action {}

    /**
     * For the task's event stream: a step ended.
     *
     * @param fromJournal it had ended before the execution was resumed; its event may have been given already
     */
    record StepEnded(Instant at, StepRecord record, boolean fromJournal) implements Action {}

    /** The execution ended. Comes exactly once, last, and after every call in flight was cancelled. */
    record End(Instant at, Ending ending) implements Action {}
}
