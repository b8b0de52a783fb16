package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A task that has not ended, with everything that is known of its run.
 *
 * @param pinned the pinned plan that it was accepted with, if it names one, until it is planned
 * @param planned empty while it has no plan
 * @param journal the steps and items that ended
 * @param told steps whose end stands in the events
 * @param lastSequence of its events
 */
public record OpenTask(
        Claim claim,
        Task task,
        Optional<PinnedPlan> pinned,
        TaskResult result,
        Optional<PlanCommit> planned,
        List<StepCommit> journal,
        Set<String> told,
        long lastSequence,
        Instant deadline,
        String traceParent,
        boolean cancelRequested) {
    public OpenTask {
        journal = List.copyOf(journal);
        told = Set.copyOf(told);
    }
}
