package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Step;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Data classes flow along the bindings as a union: what comes in, and what the specialist detects, without what it clears. A step is refused
 * where its specialist, or one of its fallbacks, may not see what would come.
 */
final class DataClassRules {
    private static final String ALL = "*";

    private final PlanContext context;
    private final Map<String, Set<String>> outputs = new HashMap<>();

    DataClassRules(PlanContext context) {
        this.context = context;
    }

    /**
     * @param order step ids, each after those it waits for
     */
    void check(List<String> order) {
        for (InputDescription input : context.task.inputs()) {
            Set<String> refused = notIn(input.getDataClassesList(), context.task.allowedDataClasses());
            if (!refused.isEmpty()) {
                context.report.add(
                        "",
                        "inputs[" + input.getName() + "].data_classes",
                        Rule.DATA_CLASS,
                        "data of class " + refused + " may not be processed for this caller");
            }
        }
        for (String id : order) {
            context.step(id).ifPresent(this::step);
        }
    }

    private void step(Step step) {
        Set<String> seen = new TreeSet<>();
        step.getInputsList().forEach(input -> input.getSourcesList().forEach(source -> seen.addAll(classes(source))));
        step.getParametersList().forEach(parameter -> seen.addAll(classes(parameter.getSource())));
        Set<String> produced = new TreeSet<>();
        context.contract(step).ifPresent(contract -> specialist(step, "specialist", contract, seen, produced));
        for (int i = 0; i < step.getFallbacksCount(); i++) {
            Fallback fallback = step.getFallbacks(i);
            String field = "fallbacks[" + i + "]";
            context.contracts
                    .find(fallback.getSpecialist())
                    .ifPresent(contract -> specialist(step, field, contract, seen, produced));
        }
        outputs.put(step.getId(), produced);
    }

    private void specialist(Step step, String field, Contract contract, Set<String> seen, Set<String> produced) {
        Set<String> refused = notIn(seen, contract.getAcceptsDataClassesList());
        if (!refused.isEmpty()) {
            context.report.add(
                    step.getId(),
                    field,
                    Rule.DATA_CLASS,
                    quoted(contract.getId()) + " may not see data of class " + refused);
        }
        Set<String> after = new TreeSet<>(seen);
        after.addAll(contract.getDetectsDataClassesList());
        contract.getClearsDataClassesList().forEach(after::remove);
        produced.addAll(after);
    }

    private Collection<String> classes(Binding source) {
        return switch (source.getSourceCase()) {
            case TASK_INPUT ->
                context.input(source.getTaskInput().getName())
                        .<Collection<String>>map(InputDescription::getDataClassesList)
                        .orElse(List.of());
            case STEP_OUTPUT -> outputs.getOrDefault(source.getStepOutput().getStep(), Set.of());
            case INSTRUCTION, PARAMETER_DEFAULT, SOURCE_NOT_SET -> List.of();
        };
    }

    private static Set<String> notIn(Collection<String> classes, Collection<String> allowed) {
        if (classes.isEmpty() || allowed.contains(ALL)) {
            return Set.of();
        }
        Set<String> refused = new TreeSet<>(classes);
        refused.removeAll(Set.copyOf(allowed));
        return refused;
    }
}
