package dev.pinfactory.orchestrator.service.pin;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Task;
import java.util.Optional;

/**
 * A task as it is accepted, which has the plan that it names.
 *
 * @param pinned the plan that it names, kept with it: whatever becomes of the pin, this one is its own. Empty where it names none
 */
public record ResolvedTask(Task task, Optional<PinnedPlan> pinned) {
    /**
     * The task against the cards of today, which may have got other words while it waited for its turn.
     *
     * @throws PinfactoryException FAILED_PRECONDITION where they have changed so that the plan does not hold
     */
    public Task against(Contracts now) {
        return pinned.map(plan -> PinnedTask.resolve(plan, task, now)).orElse(task);
    }
}
