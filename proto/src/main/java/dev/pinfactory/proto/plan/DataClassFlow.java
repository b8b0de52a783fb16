package dev.pinfactory.proto.plan;

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
import java.util.Set;
import java.util.TreeSet;

/**
 * Where data of which classes goes in a plan. Classes flow along the bindings as a union: what comes in, and what the specialist detects, without what it
 * clears. Steps are told one after the other, each after those that it reads. Not thread-safe.
 */
public final class DataClassFlow {
    private static final String ALL = "*";

    private final Map<String, List<String>> inputs;
    private final Map<String, Set<String>> outputs = new HashMap<>();

    public DataClassFlow(List<InputDescription> inputs) {
        this.inputs = HashMap.newHashMap(inputs.size());
        inputs.forEach(input -> this.inputs.putIfAbsent(input.getName(), input.getDataClassesList()));
    }

    /** What comes into a step by its inputs and parameters; nothing from steps that were not told. */
    public Set<String> into(Step step) {
        Set<String> seen = Set.of();
        for (InputBinding input : step.getInputsList()) {
            for (Binding source : input.getSourcesList()) {
                seen = union(seen, of(source));
            }
        }
        for (ParameterBinding parameter : step.getParametersList()) {
            seen = union(seen, of(parameter.getSource()));
        }
        return seen;
    }

    /** The classes of what a binding reads. */
    public Collection<String> of(Binding source) {
        return switch (source.getSourceCase()) {
            case TASK_INPUT -> inputs.getOrDefault(source.getTaskInput().getName(), List.of());
            case STEP_OUTPUT -> outputs.getOrDefault(source.getStepOutput().getStep(), Set.of());
            case INSTRUCTION, PARAMETER_DEFAULT, SOURCE_NOT_SET -> List.of();
        };
    }

    /** Tells what comes out of a step, by whichever of its specialists. */
    public void comesOut(Step step, Set<String> classes) {
        outputs.merge(step.getId(), classes, DataClassFlow::union);
    }

    /** What a specialist gives that has seen these classes. */
    public static Set<String> after(Contract contract, Collection<String> seen) {
        Set<String> known = union(Set.copyOf(seen), contract.getDetectsDataClassesList());
        if (known.isEmpty() || contract.getClearsDataClassesCount() == 0) {
            return known;
        }
        Set<String> after = new TreeSet<>(known);
        contract.getClearsDataClassesList().forEach(after::remove);
        return after;
    }

    /** Those of the classes that are not among the allowed ones. */
    public static Set<String> refused(Collection<String> classes, Collection<String> allowed) {
        if (classes.isEmpty() || allowed.contains(ALL)) {
            return Set.of();
        }
        Set<String> refused = new TreeSet<>(classes);
        refused.removeAll(Set.copyOf(allowed));
        return refused;
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
}
