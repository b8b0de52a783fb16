package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A step is refused where its specialist, or one of its fallbacks, may not see the classes of data that would come. */
final class DataClassRules {
    private final PlanContext context;
    private final DataClassFlow flow;

    DataClassRules(PlanContext context) {
        this.context = context;
        this.flow = new DataClassFlow(context.task.inputs());
    }

    /**
     * @param order steps by their index, each after those it waits for
     */
    void check(List<Integer> order) {
        for (InputDescription input : context.task.inputs()) {
            Set<String> refused = DataClassFlow.refused(input.getDataClassesList(), context.task.allowedDataClasses());
            if (!refused.isEmpty()) {
                context.report.add(
                        "",
                        "inputs[" + input.getName() + "].data_classes",
                        Rule.DATA_CLASS,
                        "data of class " + refused + " may not be processed for this caller");
            }
        }
        for (int step : order) {
            step(context.plan.getSteps(step), context.contract(step));
        }
    }

    /** Nothing comes out of a specialist that is unknown, which has been reported. */
    private void step(Step step, Optional<Contract> contract) {
        Set<String> seen = flow.into(step);
        contract.ifPresent(known -> specialist(step, "specialist", known, seen));
        for (int i = 0; i < step.getFallbacksCount(); i++) {
            String field = "fallbacks[" + i + "]";
            context.contracts
                    .find(step.getFallbacks(i).getSpecialist())
                    .ifPresent(known -> specialist(step, field, known, seen));
        }
    }

    private void specialist(Step step, String field, Contract contract, Set<String> seen) {
        Set<String> refused = DataClassFlow.refused(seen, contract.getAcceptsDataClassesList());
        if (!refused.isEmpty()) {
            context.report.add(
                    step.getId(),
                    field,
                    Rule.DATA_CLASS,
                    quoted(contract.getId()) + " may not see data of class " + refused);
        }
        flow.comesOut(step, DataClassFlow.after(contract, seen));
    }
}
