package dev.pinfactory.orchestrator.service.pin;

import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.registry.client.CatalogSnapshot;
import java.util.function.Supplier;

/** Gives tasks that name a pinned plan the plan. */
public final class PinnedTasks {
    private final PinStore store;
    private final Supplier<CatalogSnapshot> catalog;

    public PinnedTasks(PinStore store, Supplier<CatalogSnapshot> catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * The task with its pinned plan; a task that names none as it is.
     *
     * @throws PinfactoryException NOT_FOUND, INVALID_ARGUMENT or FAILED_PRECONDITION with everything that is in the way
     */
    public Task resolve(String tenant, Task task) {
        if (task.getPinnedPlan().isEmpty()) {
            return task;
        }
        PinnedPlan pinned = find(store, tenant, "pinned_plan", task.getPinnedPlan());
        return PinnedTask.resolve(pinned, task, catalog.get().contracts());
    }

    /**
     * A task that was resolved, against the cards of today: they may have got other words while it waited for its turn. As it is where its pin is gone.
     *
     * @throws PinfactoryException FAILED_PRECONDITION where they have changed so that the plan does not hold
     */
    public Task renew(String tenant, Task task) {
        return PinReference.parse(task.getPinnedPlan())
                .flatMap(reference -> store.find(tenant, reference))
                .map(pinned -> PinnedTask.resolve(pinned, task, catalog.get().contracts()))
                .orElse(task);
    }

    /** @param field of the request that names it */
    static PinnedPlan find(PinStore store, String tenant, String field, String reference) {
        return store.find(tenant, reference(field, reference)).orElseThrow(() -> unknown(field, reference));
    }

    static PinReference reference(String field, String reference) {
        return PinReference.parse(reference)
                .orElseThrow(() -> PinfactoryException.of(
                        ErrorCode.INVALID_ARGUMENT, field, "is not a pinned plan; " + PinReference.EXPECTED));
    }

    static PinfactoryException unknown(String field, String reference) {
        return PinfactoryException.of(ErrorCode.NOT_FOUND, field, "there is no pinned plan '" + reference + "'");
    }
}
