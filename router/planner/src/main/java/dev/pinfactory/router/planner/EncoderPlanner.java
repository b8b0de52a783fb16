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
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.UnmetRequest;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.bind.Binder;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.bind.DraftStep.Purpose;
import dev.pinfactory.router.planner.bind.PlanDraft;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.PlanEvidence;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Conjuncts;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import dev.pinfactory.router.planner.output.OutputMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
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

    /** "remove names and addresses" is one request: its parts are claimed less clearly than the whole. */
    private static final double AS_CLEAR = 0.05;

    private static final double BEYOND_DOUBT = 0.97;

    private final PlannerModels models;
    private final OutputMapper outputMapper;
    private final Clock clock;

    public EncoderPlanner(PlannerModels models, Clock clock) {
        this.models = models;
        this.outputMapper = new OutputMapper(models.similarity());
        this.clock = clock;
    }

    @Override
    public PlanOutcome plan(PlanningRequest unconstrained) {
        PlanningRequest planning = unconstrained.withinConstraints();
        PlanRequest request = planning.request();
        InstructionRules.check(request.getInstruction());
        Contracts contracts = planning.contracts();
        if (models.language().knows(request.getInstruction()) < KNOWN_LANGUAGE) {
            return new Refused(Refusals.unknownLanguage());
        }
        Interpretation read =
                new Interpreter(new CardVerbs(models.verbs(), contracts)).interpret(request.getInstruction());
        if (contracts.size() == 0) {
            return new Refused(Refusals.noSpecialist(unmet(read, request).all()));
        }
        checkDeadline(planning);
        Grounded grounded = ground(read, contracts);
        Interpretation interpretation = grounded.interpretation();
        Grounding grounding = grounded.grounding();
        Unmet unmet = unmet(interpretation, request);
        Selection selection = Selection.from(grounding, interpretation.clauses());
        if (selection.chosen().isEmpty()) {
            return new Refused(unmet.all().isEmpty() ? Refusals.notUnderstood() : Refusals.noSpecialist(unmet.all()));
        }
        checkDeadline(planning);
        PlanDraft draft = new Binder(
                        interpretation, request.getInputsList(), contracts, grounding, forbidden(grounding, selection))
                .bind(selection);
        if (draft.steps().stream().noneMatch(step -> step.purpose() == Purpose.ASKED)) {
            return new Refused(Refusals.unbound(unmet.of(draft), draft));
        }
        return finish(planning, interpretation, selection, draft, unmet.of(draft));
    }

    private Unmet unmet(Interpretation interpretation, PlanRequest request) {
        return new Unmet(interpretation, request.getInputsList(), models.verbs());
    }

    /** An instruction as it was read, and its scores. */
    private record Grounded(Interpretation interpretation, Grounding grounding) {}

    /**
     * Grounds an instruction. Clauses are cut whose parts are each claimed, not all by the same specialist, and no less clearly than the whole was; one that
     * a specialist claims beyond doubt is left whole.
     */
    private Grounded ground(Interpretation read, Contracts contracts) {
        Grounding whole = models.grounder().ground(read, contracts);
        List<List<Clause>> parts = new ArrayList<>(Conjuncts.of(read));
        for (int i = 0; i < parts.size(); i++) {
            if (claim(whole, i) >= BEYOND_DOUBT) {
                parts.set(i, List.of(read.clauses().get(i)));
            }
        }
        if (parts.stream().allMatch(each -> each.size() == 1)) {
            return new Grounded(read, whole);
        }
        Interpretation allCut = Conjuncts.cut(read, parts, clause -> true);
        Grounding cut = models.grounder().ground(allCut, contracts);
        Interpretation settled =
                Conjuncts.cut(read, parts, clause -> asksForSeveral(parts, clause, cut, claim(whole, clause)));
        if (settled.clauses().size() == read.clauses().size()) {
            return new Grounded(read, whole);
        }
        boolean asCut = settled.clauses().size() == allCut.clauses().size();
        return new Grounded(settled, asCut ? cut : models.grounder().ground(settled, contracts));
    }

    private static boolean asksForSeveral(List<List<Clause>> parts, int clause, Grounding cut, double claimOfWhole) {
        int from = parts.subList(0, clause).stream().mapToInt(List::size).sum();
        Set<String> claimedBy = new HashSet<>();
        double clearest = 0;
        for (int at = from; at < from + parts.get(clause).size(); at++) {
            if (claim(cut, at) < Selection.CLAIMS) {
                return false;
            }
            cut.best(at).ifPresent(best -> claimedBy.add(best.contract().getId()));
            clearest = Math.max(clearest, claim(cut, at));
        }
        return claimedBy.size() > 1 && clearest >= claimOfWhole - AS_CLEAR;
    }

    private static double claim(Grounding grounding, int clause) {
        return grounding.best(clause).map(score -> score.of(clause)).orElse(0.0);
    }

    private PlanOutcome finish(
            PlanningRequest planning,
            Interpretation interpretation,
            Selection selection,
            PlanDraft draft,
            List<UnmetRequest> unmet) {
        PlanRequest request = planning.request();
        Contracts contracts = planning.contracts();
        boolean allowPartial = !request.getConstraints().hasAllowPartial()
                || request.getConstraints().getAllowPartial();
        PlanWriter writer = new PlanWriter(
                interpretation,
                contracts,
                allowPartial,
                request.getConstraints().getMayEscalate());
        List<Step> steps = writer.write(draft.steps());
        double confidence = models.calibration().confidence(PlanEvidence.of(selection, interpretation.clauses()));
        Plan.Builder plan = Plan.newBuilder()
                .addAllSteps(steps)
                .setConfidence(confidence)
                .setCatalogDigest(contracts.digest())
                .setPlanner(Plan.Planner.ENCODER)
                .addAllUnmet(unmet);
        List<OutputMapping> output = request.hasOutputSchema()
                ? outputMapper.map(request.getOutputSchema(), deliverables(draft), contracts.types())
                : DefaultMapping.of(plan.build(), contracts);
        if (output.isEmpty()) {
            return new Refused(Refusals.schemaUnfilled(unmet));
        }
        plan.addAllOutput(output);
        plan.setDigest(Digests.of(plan.build()));
        checkDeadline(planning);
        return validated(plan.build(), planning, unmet);
    }

    private static PlanOutcome validated(Plan plan, PlanningRequest planning, List<UnmetRequest> unmet) {
        List<Violation> violations =
                new PlanValidator(planning.contracts()).validate(plan, TaskShape.of(planning.request()));
        if (violations.isEmpty()) {
            return new Planned(plan);
        }
        boolean notAllowed = violations.stream()
                .allMatch(violation -> violation.rule() == Violation.Rule.DATA_CLASS
                        || violation.rule() == Violation.Rule.NOT_ALLOWED);
        return new Refused(Refusals.invalid(plan, violations, notAllowed, unmet));
    }

    private static List<DraftStep> deliverables(PlanDraft draft) {
        return draft.steps().stream()
                .filter(step -> step.purpose() == Purpose.ASKED)
                .toList();
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
