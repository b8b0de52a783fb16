package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.DefaultMapping;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.plan.Violation;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.UnmetRequest;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.bind.Binder;
import dev.pinfactory.router.planner.bind.DraftStep.Purpose;
import dev.pinfactory.router.planner.bind.PlanDraft;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.output.OutputMapper;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The planner that needs no language model: interpret, ground, complete, bind, map the output, validate, judge. Deterministic; it sees the
 * instruction, and names and types of the inputs.
 */
public final class EncoderPlanner implements Planner {
    /** Below it the instruction is taken to be in a language that the encoder does not know. */
    private static final double KNOWN_LANGUAGE = 0.5;

    private final PlannerModels models;
    private final Clock clock;

    public EncoderPlanner(PlannerModels models, Clock clock) {
        this.models = models;
        this.clock = clock;
    }

    @Override
    public PlanOutcome plan(PlanningRequest unconstrained) {
        PlanningRequest escalating = unconstrained.withinConstraints();
        Contracts all = escalating.contracts();
        PlanningRequest planning = escalating.over(StandIns.without(all));
        PlanRequest request = planning.request();
        InstructionRules.check(request.getInstruction());
        if (!isKnownLanguage(models, request.getInstruction())) {
            return new Refused(Refusals.unknownLanguage());
        }
        Contracts feedable = Feedable.of(request, planning.contracts());
        if (feedable.size() == 0 || feedable.size() == planning.contracts().size()) {
            return planOver(planning, all);
        }
        PlanOutcome outcome = planOver(planning.over(feedable), all);
        if (outcome instanceof Planned planned && planned.plan().getUnmetCount() == 0) {
            return outcome;
        }
        // Who can't be fed may still be what is asked for, and then is the reason why it is not done.
        PlanOutcome withAll = planOver(planning, all);
        return outcome instanceof Planned && withAll instanceof Refused ? outcome : withAll;
    }

    /** @param all may stand in where a step of the plan fails */
    private PlanOutcome planOver(PlanningRequest planning, Contracts all) {
        PlanRequest request = planning.request();
        Contracts contracts = planning.contracts();
        Grounder grounder = models.grounder().forOneInstruction();
        Understanding understood = Understanding.of(
                request.getInstruction(), new InputNames(request.getInputsList()), contracts, models.with(grounder));
        Interpretation interpretation = understood.interpretation();
        Grounding grounding = understood.grounding();
        Selection selection = understood.selection();
        boolean toSchema = request.hasOutputSchema() && OutputMapper.saysSomething(request.getOutputSchema());
        Unmet unmet = new Unmet(understood, request.getInputsList(), models.verbs(), toSchema);
        if (contracts.size() == 0) {
            return new Refused(Refusals.noSpecialist(unmet.all()));
        }
        if (selection.chosen().isEmpty() && !toSchema) {
            return new Refused(nothingChosen(unmet));
        }
        checkDeadline(planning);
        Set<String> forbidden = forbidden(grounding, selection);
        Binder binder = new Binder(interpretation, request.getInputsList(), contracts, grounding, forbidden);
        PlanDraft draft = binder.bind(selection);
        if (toSchema) {
            FilledDraft filled =
                    FilledDraft.of(understood, draft, binder, mapper(planning, interpretation, forbidden, grounder));
            if (!filled.output().isEmpty()) {
                List<UnmetRequest> left = unmet.of(filled.draft(), draft);
                return finish(planning, all, understood.with(filled, unmet), filled.draft(), filled.output(), left);
            }
        }
        if (selection.chosen().isEmpty()) {
            return new Refused(nothingChosen(unmet));
        }
        if (draft.steps().stream().noneMatch(step -> step.purpose() == Purpose.ASKED)) {
            return new Refused(Refusals.unbound(unmet.of(draft), draft));
        }
        return toSchema
                ? new Refused(Refusals.schemaUnfilled(unmet.of(draft)))
                : finish(planning, all, understood, draft, List.of(), unmet.of(draft));
    }

    private static Refusal nothingChosen(Unmet unmet) {
        return unmet.all().isEmpty() ? Refusals.notUnderstood() : Refusals.noSpecialist(unmet.all());
    }

    private OutputMapper mapper(
            PlanningRequest planning, Interpretation interpretation, Set<String> forbidden, Grounder grounder) {
        PlanRequest request = planning.request();
        return new OutputMapper(
                request.getOutputSchema(),
                request.getInputsList(),
                interpretation,
                planning.contracts(),
                forbidden,
                grounder,
                models.similarity());
    }

    static boolean isKnownLanguage(PlannerModels models, String instruction) {
        return models.language().knows(instruction) >= KNOWN_LANGUAGE;
    }

    private PlanOutcome finish(
            PlanningRequest planning,
            Contracts all,
            Understanding understood,
            PlanDraft draft,
            List<OutputMapping> output,
            List<UnmetRequest> unmet) {
        PlanRequest request = planning.request();
        boolean allowPartial = !request.getConstraints().hasAllowPartial()
                || request.getConstraints().getAllowPartial();
        PlanWriter writer = new PlanWriter(
                understood, all, allowPartial, request.getConstraints().getMayEscalate());
        List<Step> steps = writer.write(draft.steps());
        double confidence = models.calibration().confidence(understood.evidence());
        Plan.Builder plan = Plan.newBuilder()
                .addAllSteps(steps)
                .setConfidence(confidence)
                .setCatalogDigest(planning.catalogDigest())
                .setPlanner(Plan.Planner.ENCODER)
                .addAllUnmet(unmet);
        plan.addAllOutput(output.isEmpty() ? DefaultMapping.of(plan.build(), all) : output);
        checkDeadline(planning);
        Set<String> forbidden = forbidden(understood.grounding(), understood.selection());
        Plan cleared = Clearance.of(plan.build(), TaskShape.of(request), all, forbidden);
        return validated(cleared, planning, all, unmet);
    }

    private static PlanOutcome validated(
            Plan written, PlanningRequest planning, Contracts all, List<UnmetRequest> unmet) {
        PlanValidator validator = new PlanValidator(all);
        TaskShape shape = TaskShape.of(planning.request());
        Plan plan = StandIns.allowed(written, all, planned -> validator.validate(planned, shape));
        List<Violation> violations = validator.validate(plan, shape);
        if (violations.isEmpty()) {
            return new Planned(plan.toBuilder().setDigest(Digests.of(plan)).build());
        }
        boolean notAllowed = violations.stream()
                .allMatch(violation -> violation.rule() == Violation.Rule.DATA_CLASS
                        || violation.rule() == Violation.Rule.NOT_ALLOWED);
        return new Refused(Refusals.invalid(plan, violations, notAllowed, unmet));
    }

    /** What a negated clause names is not brought in by completion either. */
    private static Set<String> forbidden(Grounding grounding, Selection selection) {
        return grounding.scores().stream()
                .filter(score ->
                        !selection.chosen().contains(score) && !selection.left().contains(score))
                .map(CardScore::contract)
                .map(contract -> contract.getId())
                .collect(Collectors.toSet());
    }

    private void checkDeadline(PlanningRequest planning) {
        if (clock.instant().isAfter(planning.deadline())) {
            throw new PinfactoryException(ErrorCode.DEADLINE_EXCEEDED, "planning took longer than its deadline");
        }
    }
}
