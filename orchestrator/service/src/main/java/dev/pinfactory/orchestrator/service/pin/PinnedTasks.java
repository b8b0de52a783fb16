package dev.pinfactory.orchestrator.service.pin;

import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Task;
import java.util.Optional;

/** Gives tasks that name a pinned plan the plan. */
public final class PinnedTasks {
    private final PinStore store;

    public PinnedTasks(PinStore store) {
        this.store = store;
    }

    /**
     * The task with its pinned plan; a task that names none as it is.
     *
     * @param now the contracts that the task is checked against
     * @throws PinfactoryException NOT_FOUND, INVALID_ARGUMENT or FAILED_PRECONDITION with everything that is in the way
     */
    public ResolvedTask resolve(String tenant, Task task, Contracts now) {
        if (task.getPinnedPlan().isEmpty()) {
            return new ResolvedTask(task, Optional.empty());
        }
        PinnedPlan pinned = find(store, tenant, "pinned_plan", task.getPinnedPlan());
        return new ResolvedTask(PinnedTask.resolve(pinned, task, now), Optional.of(pinned));
    }

    /** What a task is pinned as: nothing of its content. */
    public static PinnedPlan.Builder describe(Task task) {
        PinnedPlan.Builder pinned = PinnedPlan.newBuilder().setInstruction(task.getInstruction());
        task.getInputsList().forEach(input -> pinned.addInputs(TaskShape.describe(input)));
        if (task.hasOutputSchema()) {
            pinned.setOutputSchema(task.getOutputSchema());
        }
        return pinned;
    }

    /** @param field of the request that names it */
    public static PinnedPlan find(PinStore store, String tenant, String field, String reference) {
        return store.find(tenant, reference(field, reference)).orElseThrow(() -> unknown(field, reference));
    }

    public static PinReference reference(String field, String reference) {
        return PinReference.parse(reference)
                .orElseThrow(() -> PinfactoryException.of(
                        ErrorCode.INVALID_ARGUMENT, field, "is not a pinned plan; " + PinReference.EXPECTED));
    }

    public static PinfactoryException unknown(String field, String reference) {
        return PinfactoryException.of(ErrorCode.NOT_FOUND, field, "there is no pinned plan '" + reference + "'");
    }
}
