package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.v1.TaskResult;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks are listed, newest first.
 *
 * @param labels all must match
 * @param after where the page before ended
 */
public record TaskFilter(
        Optional<TaskResult.State> state,
        Optional<TaskResult.Status> status,
        Set<Label> labels,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore,
        Optional<Position> after) {
    public static final TaskFilter ALL = new TaskFilter(
            Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public TaskFilter {
        labels = Set.copyOf(labels);
    }

    /** What a task has to be labelled with. */
    public record Label(String name, String content) {}

    /** A task's place in the list. */
    public record Position(Instant createdAt, String taskId) {}

    public TaskFilter from(Position position) {
        return new TaskFilter(state, status, labels, createdAfter, createdBefore, Optional.of(position));
    }
}
