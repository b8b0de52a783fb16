package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Step;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param order steps by their index, each after those it waits for
     */
    void check(List<Integer> order) {
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
        for (int step : order) {
            step(context.plan.getSteps(step), context.contract(step));
        }
    }

    private void step(Step step, Optional<Contract> contract) {
        Set<String> seen = Set.of();
        for (InputBinding input : step.getInputsList()) {
            for (Binding source : input.getSourcesList()) {
                seen = union(seen, classes(source));
            }
        }
        for (ParameterBinding parameter : step.getParametersList()) {
            seen = union(seen, classes(parameter.getSource()));
        }
        Set<String> produced = specialist(step, "specialist", contract, seen);
        for (int i = 0; i < step.getFallbacksCount(); i++) {
            Optional<Contract> fallback =
                    context.contracts.find(step.getFallbacks(i).getSpecialist());
            produced = union(produced, specialist(step, "fallbacks[" + i + "]", fallback, seen));
        }
        outputs.put(step.getId(), produced);
    }

    /** What comes out of a specialist; nothing of one that is unknown, which has been reported. */
    private Set<String> specialist(Step step, String field, Optional<Contract> contract, Set<String> seen) {
        if (contract.isEmpty()) {
            return Set.of();
        }
        Set<String> refused = notIn(seen, contract.get().getAcceptsDataClassesList());
        if (!refused.isEmpty()) {
            context.report.add(
                    step.getId(),
                    field,
                    Rule.DATA_CLASS,
                    quoted(contract.get().getId()) + " may not see data of class " + refused);
        }
        Set<String> known = union(seen, contract.get().getDetectsDataClassesList());
        if (known.isEmpty() || contract.get().getClearsDataClassesCount() == 0) {
            return known;
        }
        Set<String> after = new TreeSet<>(known);
        contract.get().getClearsDataClassesList().forEach(after::remove);
        return after;
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

    /** Most data has no class, and then nothing is copied. */
    private static Set<String> union(Set<String> classes, Collection<String> more) {
        if (more.isEmpty()) {
            return classes;
        }
        Set<String> all = new TreeSet<>(classes);
        all.addAll(more);
        return all;
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
