package dev.pinfactory.orchestrator.service.task;

import com.google.protobuf.Timestamp;
import dev.pinfactory.orchestrator.service.pin.PinnedTasks;
import dev.pinfactory.orchestrator.service.plan.Planned;
import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.orchestrator.service.store.PinStore.PinOutcome;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.ListPinnedPlansResponse;
import dev.pinfactory.proto.v1.PinPlanResponse;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PinnedPlanSummary;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.Task;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Pinned plans as callers see them, over whichever protocol they come. */
public final class Pins {
    /** A plan may name hundreds of cards, and each may be large; an answer is at most 16 MiB. */
    private static final int MAX_BYTES = 4 << 20;

    private final TaskService tasks;
    private final PinStore store;
    private final int perTenant;
    private final Clock clock;

    /** @param perTenant pinned plans that one tenant may have, all versions counted */
    public Pins(TaskService tasks, PinStore store, int perTenant, Clock clock) {
        if (perTenant < 1) {
            throw new IllegalArgumentException("pins.per-tenant is at least 1");
        }
        this.tasks = tasks;
        this.store = store;
        this.perTenant = perTenant;
        this.clock = clock;
    }

    /** Plans the task, and freezes the plan; a refusal is an answer too. */
    public PinPlanResponse pin(Caller caller, String name, Task given) {
        if (!PinReference.isName(name)) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT, "name", "is not a name; " + PinReference.EXPECTED_NAME);
        }
        TaskService.PlannedTask planned = tasks.planned(caller, given);
        return switch (planned.outcome()) {
            case Planned.Accepted accepted -> write(caller.tenant(), name, planned.task(), accepted.commit());
            case Planned.Refused refused ->
                PinPlanResponse.newBuilder().setRefusal(refused.refusal()).build();
        };
    }

    private PinPlanResponse write(String tenant, String name, Task task, PlanCommit commit) {
        PinnedPlan.Builder pinned = PinnedTasks.describe(task)
                .setName(name)
                .setPlan(commit.getPlan())
                .addAllContracts(commit.getContractsList())
                .setCreatedAt(now());
        int bytes = pinned.build().getSerializedSize();
        if (bytes > MAX_BYTES) {
            throw PinfactoryException.of(
                    ErrorCode.TOO_LARGE,
                    "task",
                    "the plan has " + bytes + " bytes with its instruction, schema and cards; at most " + MAX_BYTES);
        }
        pinned.setDigest(Digests.of(pinned.build()));
        return switch (store.pin(tenant, pinned.build(), perTenant)) {
            case PinOutcome.Created created -> answer(created.plan(), true);
            case PinOutcome.Unchanged unchanged -> answer(unchanged.plan(), false);
            case PinOutcome.Full full ->
                throw PinfactoryException.of(
                        ErrorCode.FAILED_PRECONDITION,
                        "name",
                        "there are " + perTenant
                                + " pinned plans already, which is the limit of a tenant, all versions counted; delete some that nobody needs");
        };
    }

    private static PinPlanResponse answer(PinnedPlan plan, boolean created) {
        return PinPlanResponse.newBuilder()
                .setPinnedPlan(plan)
                .setCreated(created)
                .build();
    }

    /** Microseconds, as in lists. */
    private Timestamp now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }

    /** @param reference a name, or a version of it */
    public PinnedPlan get(String tenant, String reference) {
        return PinnedTasks.find(store, tenant, "name", reference);
    }

    public ListPinnedPlansResponse list(String tenant, ListPinnedPlansRequest request) {
        int pageSize = PinPages.size(request);
        // One more than is shown says whether there is a next page.
        List<PinnedPlanSummary> plans =
                store.list(tenant, PinPages.name(request), PinPages.position(request), pageSize + 1);
        ListPinnedPlansResponse.Builder page = ListPinnedPlansResponse.newBuilder()
                .addAllPinnedPlans(plans.subList(0, Math.min(pageSize, plans.size())));
        if (plans.size() > pageSize) {
            page.setNextPageToken(PinPages.tokenAfter(plans.get(pageSize - 1), request));
        }
        return page.build();
    }

    /** @param reference a version, or a name for all of its versions */
    public void delete(String tenant, String reference) {
        if (store.delete(tenant, PinnedTasks.reference("name", reference)) == 0) {
            throw PinnedTasks.unknown("name", reference);
        }
    }
}
