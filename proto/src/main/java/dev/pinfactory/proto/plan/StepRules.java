package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.ConsideredSpecialist;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.proto.v1.Step;
import java.util.List;
import java.util.Optional;

/** One step: its specialist, its bindings, its condition and its fallbacks. */
final class StepRules {
    private final PlanContext context;
    private final InputRules inputs;
    private final ParameterRules parameters;
    private final ConditionRules conditions;
    private final FallbackRules fallbacks;

    StepRules(PlanContext context) {
        Sources sources = new Sources(context);
        TypeRules types = new TypeRules(context);
        this.context = context;
        this.inputs = new InputRules(context, sources, types);
        this.parameters = new ParameterRules(context, sources, types);
        this.conditions = new ConditionRules(context, sources);
        this.fallbacks = new FallbackRules(context);
    }

    void check(Step step, Optional<Contract> contract) {
        String id = step.getId();
        confidence(step);
        askedBy(step);
        SpecialistRules.check(context, id, "specialist", step.getSpecialist(), step.getContractDigest(), contract);
        if (contract.isPresent()) {
            inputs.check(step, contract.get());
            parameters.check(step, contract.get());
            fallbacks.check(step, contract.get());
        }
        if (step.hasWhen()) {
            conditions.check(id, step.getWhen());
        }
    }

    private void confidence(Step step) {
        if (!(step.getConfidence() >= 0 && step.getConfidence() <= 1)) {
            context.report.add(
                    step.getId(), "confidence", Rule.RANGE, step.getConfidence() + " is not between 0 and 1");
        }
        considered(step.getCandidatesList(), step.getId(), "candidates", context.report);
    }

    /** Callers get these to see: JSON has no word for what is no number. */
    static void considered(List<ConsideredSpecialist> candidates, String step, String field, Report report) {
        for (ConsideredSpecialist candidate : candidates) {
            if (!Double.isFinite(candidate.getConfidence())) {
                report.add(step, field, Rule.RANGE, candidate.getConfidence() + " is not a confidence");
            }
        }
    }

    private void askedBy(Step step) {
        for (Span span : step.getAskedByList()) {
            if (CodePoints.slice(context.task.instruction(), span.getStart(), span.getEnd())
                    .isEmpty()) {
                context.report.add(
                        step.getId(),
                        "asked_by",
                        Rule.INSTRUCTION_SPAN,
                        "the span [" + span.getStart() + ", " + span.getEnd() + ") is not inside the instruction for "
                                + quoted(step.getSpecialist()));
            }
        }
    }
}
