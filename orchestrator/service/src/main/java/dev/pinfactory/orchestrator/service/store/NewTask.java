package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A task as it is accepted.
 *
 * @param pinned the pinned plan that it runs, if it runs one
 * @param result as it is seen until the task runs: QUEUED
 * @param content digests of the stored content that the task refers to
 */
public record NewTask(
        String tenant,
        Task task,
        Optional<PinnedPlan> pinned,
        TaskResult result,
        List<TaskEvent> events,
        Set<String> content,
        Instant createdAt,
        Instant deadline,
        String traceParent,
        Optional<IdempotencyKey> key) {
    public NewTask {
        events = List.copyOf(events);
        content = Set.copyOf(content);
    }

    public String id() {
        return result.getTaskId();
    }
}
