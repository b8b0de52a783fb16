package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.orchestrator.service.plan.PlanRequests;
import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.task.TaskValidator;
import dev.pinfactory.proto.v1.CardImpact;
import dev.pinfactory.proto.v1.GoldenTask;
import dev.pinfactory.proto.v1.GoldenTaskImpact;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Golden tasks: whether each gets its pinned plan without the card and with it. */
final class GoldenQuestions {
    private final PinStore store;
    private final String tenant;
    private final List<GoldenTaskImpact.Builder> impacts = new ArrayList<>();

    GoldenQuestions(PinStore store, String tenant) {
        this.store = store;
        this.tenant = tenant;
    }

    /** Asks about one task, or says what is wrong with it. */
    void ask(GoldenTask golden, TaskValidator validator, Instant now, Questions questions, List<FieldViolation> wrong) {
        int index = impacts.size();
        String at = "golden_tasks[" + index + "]";
        GoldenTaskImpact.Builder impact = GoldenTaskImpact.newBuilder().setIndex(index);
        impacts.add(impact);
        Optional<PinnedPlan> pinned = pinned(golden.getPinnedPlan(), at + ".pinned_plan", wrong);
        Task task = golden.getTask();
        if (task.hasPlan() || !task.getPinnedPlan().isEmpty()) {
            wrong.add(new FieldViolation(at + ".task", "brings its plan; expected a task for the router to plan"));
        }
        if (pinned.isEmpty()) {
            return;
        }
        Task complete = task.getInstruction().isBlank()
                ? task.toBuilder().setInstruction(pinned.get().getInstruction()).build()
                : task;
        validator
                .validateForPlanning(complete, now)
                .forEach(violation ->
                        wrong.add(new FieldViolation(at + ".task." + violation.field(), violation.description())));
        PlanRequest request = request(complete, pinned.get());
        PinReference reference =
                PinReference.of(pinned.get().getName(), pinned.get().getVersion());
        impact.setPinnedAs(reference.toString()).setInstruction(Phrases.instruction(request.getInstruction()));
        questions.ask(request, change -> compare(impact, reference, request.getInstruction(), change));
    }

    private Optional<PinnedPlan> pinned(String named, String at, List<FieldViolation> wrong) {
        Optional<PinReference> reference = PinReference.parse(named);
        Optional<PinnedPlan> pinned = reference.flatMap(one -> store.find(tenant, one));
        if (reference.isEmpty()) {
            wrong.add(new FieldViolation(at, "is not a pinned plan; " + PinReference.EXPECTED));
        } else if (pinned.isEmpty()) {
            wrong.add(new FieldViolation(at, "there is no pinned plan '" + named + "'"));
        }
        return pinned;
    }

    /** What the task leaves out is as it was pinned. */
    private static PlanRequest request(Task task, PinnedPlan pinned) {
        PlanRequest.Builder request = PlanRequests.withoutTime(task).toBuilder();
        if (task.getInputsCount() == 0) {
            request.addAllInputs(pinned.getInputsList());
        }
        if (!task.hasOutputSchema() && pinned.hasOutputSchema()) {
            request.setOutputSchema(pinned.getOutputSchema());
        }
        return request.build();
    }

    /** The pinned plan is read anew: a thousand of them would be much to hold while the router plans. */
    private void compare(
            GoldenTaskImpact.Builder impact, PinReference reference, String instruction, PlanChange change) {
        Optional<PinnedPlan> found = store.find(tenant, reference);
        if (found.isEmpty()) {
            impact.addDifferences(reference + " has been unpinned meanwhile");
            return;
        }
        PinnedPlan pinned = found.get();
        impact.setAsPinnedBefore(change.hasPlanBefore() && same(pinned, change.getPlanBefore(), instruction))
                .setAsPinnedAfter(change.hasPlanAfter() && same(pinned, change.getPlanAfter(), instruction));
        if (change.getKind() == PlanChange.Kind.NOT_PLANNED) {
            impact.addDifferences(Phrases.notPlanned(change));
        } else if (!change.hasPlanAfter()) {
            impact.addDifferences("is refused, " + Phrases.refusal(change.getRefusalAfter()));
        } else {
            impact.addAllDifferences(
                    Phrases.between(pinned.getPlan(), pinned.getInstruction(), change.getPlanAfter(), instruction));
        }
    }

    private static boolean same(PinnedPlan pinned, Plan plan, String instruction) {
        return Phrases.between(pinned.getPlan(), pinned.getInstruction(), plan, instruction)
                .isEmpty();
    }

    void tell(CardImpact.Builder impact) {
        impact.setGoldenTasksSeen(impacts.size());
        impacts.stream()
                .filter(one -> !one.getAsPinnedBefore() || !one.getAsPinnedAfter())
                .forEach(impact::addGoldenTasks);
    }
}
