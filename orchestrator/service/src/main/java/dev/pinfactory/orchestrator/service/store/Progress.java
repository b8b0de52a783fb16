package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;
import java.util.Optional;

/**
 * What one transaction of a run writes: all of it or nothing.
 *
 * @param result the task as it is seen from now on, where that changed
 */
public record Progress(
        Optional<PlanCommit> planned,
        List<StepCommit> steps,
        List<TaskEvent> events,
        List<Event> outbox,
        Optional<TaskResult> result) {
    public Progress {
        steps = List.copyOf(steps);
        events = List.copyOf(events);
        outbox = List.copyOf(outbox);
    }

    public static Progress of(List<StepCommit> steps, List<TaskEvent> events, List<Event> outbox) {
        return new Progress(Optional.empty(), steps, events, outbox, Optional.empty());
    }

    public static Progress planned(PlanCommit plan, TaskResult result, List<TaskEvent> events) {
        return new Progress(Optional.of(plan), List.of(), events, List.of(), Optional.of(result));
    }

    public static Progress result(TaskResult result, List<TaskEvent> events, List<Event> outbox) {
        return new Progress(Optional.empty(), List.of(), events, outbox, Optional.of(result));
    }
}
