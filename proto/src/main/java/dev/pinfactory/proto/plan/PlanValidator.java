package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.type.TypeSchemas;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.UnmetRequest;
import java.util.List;

/**
 * Checks a plan as a whole before anything runs, and returns every rule that it breaks. Bounded: what is too large is refused before it is read,
 * and the rest is one walk over steps and bindings. Immutable; one for each set of contracts.
 */
public final class PlanValidator {
    private final Contracts contracts;
    private final PlanLimits limits;
    private final TypeSchemas schemas;

    public PlanValidator(Contracts contracts, PlanLimits limits) {
        this.contracts = contracts;
        this.limits = limits;
        this.schemas = TypeSchemas.of(contracts.types());
    }

    public PlanValidator(Contracts contracts) {
        this(contracts, PlanLimits.DEFAULT);
    }

    /** All violations, in the order of the steps; empty for a plan that may run. */
    public List<Violation> validate(Plan plan, TaskShape task) {
        List<Violation> tooLarge = PlanSize.check(plan, limits);
        if (!tooLarge.isEmpty()) {
            return tooLarge;
        }
        Report report = new Report();
        PlanContext context = new PlanContext(plan, task, contracts, schemas, report);
        PlanGraph graph = PlanGraph.of(context, limits);
        StepRules steps = new StepRules(context);
        for (int i = 0; i < plan.getStepsCount(); i++) {
            steps.check(plan.getSteps(i), context.contract(i));
        }
        new OutputRules(context).check();
        new DataClassRules(context).check(graph.order());
        whole(plan, task, report);
        return report.violations();
    }

    private static void whole(Plan plan, TaskShape task, Report report) {
        if (!(plan.getConfidence() >= 0 && plan.getConfidence() <= 1)) {
            report.add("", "confidence", Rule.RANGE, plan.getConfidence() + " is not between 0 and 1");
        }
        for (UnmetRequest unmet : plan.getUnmetList()) {
            StepRules.considered(unmet.getCandidatesList(), "", "unmet.candidates", report);
            if (unmet.hasSpan()
                    && CodePoints.slice(
                                    task.instruction(),
                                    unmet.getSpan().getStart(),
                                    unmet.getSpan().getEnd())
                            .isEmpty()) {
                report.add("", "unmet", Rule.INSTRUCTION_SPAN, "a span is not inside the instruction");
            }
        }
    }
}
