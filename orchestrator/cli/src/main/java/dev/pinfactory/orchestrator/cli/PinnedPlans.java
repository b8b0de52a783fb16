package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.DeletePinnedPlanRequest;
import dev.pinfactory.proto.v1.GetPinnedPlanRequest;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.ListPinnedPlansResponse;
import dev.pinfactory.proto.v1.PinPlanRequest;
import dev.pinfactory.proto.v1.PinPlanResponse;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PinnedPlanSummary;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.SwarmServiceGrpc.SwarmServiceBlockingStub;
import dev.pinfactory.proto.v1.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The pinned plans of a swarm. */
final class PinnedPlans {
    private static final int PAGE = 200;

    private final Swarm swarm;

    PinnedPlans(Swarm swarm) {
        this.swarm = swarm;
    }

    PinPlanResponse pin(String name, Task task) {
        return calls().pinPlan(
                        PinPlanRequest.newBuilder().setName(name).setTask(task).build());
    }

    PinnedPlan get(String reference) {
        return calls().getPinnedPlan(
                        GetPinnedPlanRequest.newBuilder().setName(reference).build())
                .getPinnedPlan();
    }

    List<PinnedPlanSummary> list() {
        List<PinnedPlanSummary> all = new ArrayList<>();
        ListPinnedPlansRequest.Builder request =
                ListPinnedPlansRequest.newBuilder().setPageSize(PAGE);
        ListPinnedPlansResponse page;
        do {
            page = calls().listPinnedPlans(request.build());
            all.addAll(page.getPinnedPlansList());
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        return all;
    }

    void delete(String reference) {
        DeletePinnedPlanRequest request =
                DeletePinnedPlanRequest.newBuilder().setName(reference).build();
        // Its answer has nothing in it.
        var unused = calls().deletePinnedPlan(request);
    }

    private SwarmServiceBlockingStub calls() {
        return swarm.calls().withDeadlineAfter(1, TimeUnit.MINUTES);
    }

    /** Such as {@code expense-claim@2}. */
    static String called(PinnedPlan pinned) {
        return PinReference.of(pinned.getName(), pinned.getVersion()).toString();
    }

    static String said(Refusal refusal) {
        return refusal.getReason() + ": " + refusal.getMessage();
    }
}
