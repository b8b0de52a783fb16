package dev.pinfactory.orchestrator.service.plan;

import com.google.protobuf.util.Durations;
import dev.pinfactory.orchestrator.service.pin.ResolvedTask;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PlanLimits;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.plan.Violation;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.registry.client.CatalogSnapshot;
import dev.pinfactory.registry.client.VersionChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Brings a task's plan: the one that it came with (the caller's own or a pinned one), or the router's. Either is checked as a whole against the catalogue
 * that this orchestrator knows, and that alone decides: a router that is wrong, old or hostile can't make anything run that the caller and the cards do not allow.
 */
public final class Planning {
    private final RouterClient router;
    private final Supplier<CatalogSnapshot> catalog;
    private final PlanLimits limits;

    public Planning(RouterClient router, Supplier<CatalogSnapshot> catalog, PlanLimits limits) {
        this.router = router;
        this.catalog = catalog;
        this.limits = limits;
    }

    /**
     * A checked plan with the versions that it will use, or a refusal. Waits for the network alone: whoever calls it may be interrupted, and an interrupt
     * must not meet the store.
     *
     * @param taskId decides which version serves the task where several do, and stands in the router's log
     * @throws PinfactoryException PLAN_INVALID for a plan that the task brought and that breaks rules; FAILED_PRECONDITION for a pinned one whose cards have
     *     changed; another code when the router gave no answer
     */
    public Planned plan(String tenant, ResolvedTask task, String taskId, Instant deadline) throws InterruptedException {
        return task.task().hasPlan() ? check(task, taskId) : ask(tenant, task.task(), taskId, deadline);
    }

    private Planned check(ResolvedTask given, String taskId) {
        CatalogSnapshot snapshot = catalog.get();
        Task task = given.against(snapshot.contracts());
        List<Violation> violations = violations(snapshot, task.getPlan(), task);
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        boolean pinned = !task.getPinnedPlan().isEmpty();
        Plan plan = task.getPlan().toBuilder()
                .setPlanner(pinned ? Plan.Planner.PINNED : Plan.Planner.CALLER)
                .setPinnedAs(task.getPinnedPlan())
                .build();
        return new Planned.Accepted(commit(snapshot, plan, taskId, Duration.ZERO, Cost.getDefaultInstance()));
    }

    private Planned ask(String tenant, Task task, String taskId, Instant deadline) throws InterruptedException {
        long start = System.nanoTime();
        for (int asked = 1; ; asked++) {
            PlanResponse response = router.plan(request(tenant, task, taskId), deadline);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Cost cost = RouterAnswers.cost(response);
            if (response.hasRefusal()) {
                return new Planned.Refused(RouterAnswers.refusal(response.getRefusal()), took, cost);
            }
            // The catalogue as it is now, which may be newer than the one that was asked with.
            CatalogSnapshot snapshot = catalog.get();
            Plan plan = RouterAnswers.plan(response.getPlan());
            List<Violation> violations = violations(snapshot, plan, task);
            if (violations.isEmpty()) {
                return new Planned.Accepted(commit(snapshot, plan, taskId, took, cost));
            }
            // The router may know another catalogue for a moment: it is asked once more, and no third time.
            if (asked > 1 || violations.stream().noneMatch(Planning::saysOtherCatalogue)) {
                return new Planned.Refused(RouterAnswers.refusal(refusal(violations, plan)), took, cost);
            }
        }
    }

    private PlanRequest request(String tenant, Task task, String taskId) {
        return PlanRequests.of(task)
                .setTenant(tenant)
                .setTaskId(taskId)
                .setCatalogDigest(catalog.get().contracts().digest())
                .build();
    }

    private List<Violation> violations(CatalogSnapshot snapshot, Plan plan, Task task) {
        return new PlanValidator(snapshot.contracts(), limits).validate(plan, TaskShape.of(task));
    }

    private static boolean saysOtherCatalogue(Violation violation) {
        return violation.rule() == Violation.Rule.UNKNOWN_SPECIALIST
                || violation.rule() == Violation.Rule.CONTRACT_DIGEST;
    }

    private static PlanCommit commit(
            CatalogSnapshot snapshot, Plan plan, String taskId, Duration took, Cost planningCost) {
        Contracts contracts = snapshot.contracts();
        PlanCommit.Builder commit = PlanCommit.newBuilder()
                .setPlan(plan)
                .setPlanningTime(Durations.fromNanos(took.toNanos()))
                .setPlanningCost(planningCost);
        for (String id : specialists(plan)) {
            contracts.find(id).ifPresent(commit::addContracts);
            snapshot.find(id)
                    .flatMap(entry -> VersionChoice.choose(entry, taskId))
                    .ifPresent(chosen -> commit.putVersions(id, chosen.getVersion()));
        }
        return commit.build();
    }

    private static Set<String> specialists(Plan plan) {
        Set<String> ids = new TreeSet<>();
        plan.getStepsList().forEach(step -> {
            ids.add(step.getSpecialist());
            step.getFallbacksList().forEach(fallback -> ids.add(fallback.getSpecialist()));
        });
        return ids;
    }

    private static Refusal refusal(List<Violation> violations, Plan plan) {
        boolean unknown = violations.stream().anyMatch(Planning::saysOtherCatalogue);
        return Refusal.newBuilder()
                .setReason(unknown ? Refusal.Reason.NO_SPECIALIST : Refusal.Reason.NOT_ALLOWED)
                .setMessage("the router's plan was refused: " + FieldViolation.summary(fields(violations)))
                .setBestGuess(plan)
                .build();
    }

    /** A caller's plan that may not run, with every rule that it breaks. */
    public static PinfactoryException invalid(List<Violation> violations) {
        List<FieldViolation> fields = fields(violations);
        return new PinfactoryException(
                ErrorCode.PLAN_INVALID,
                "the plan breaks " + fields.size() + (fields.size() == 1 ? " rule: " : " rules: ")
                        + FieldViolation.summary(fields),
                fields);
    }

    private static List<FieldViolation> fields(List<Violation> violations) {
        return violations.stream().map(Violation::toFieldViolation).toList();
    }
}
