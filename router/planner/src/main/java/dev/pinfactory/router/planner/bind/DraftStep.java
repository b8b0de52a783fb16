package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.ParameterBinding;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A step in the making. Immutable but for what is learned later: its clauses (a second clause may ask for the same), the
 * places of the caller's schema that want it, and that its output are the {@link Parts} of an input.
 */
public final class DraftStep {
    private final String id;
    private final Contract contract;
    private final double probability;
    private final Set<Integer> clauses = new LinkedHashSet<>();
    private final Set<String> places = new LinkedHashSet<>();
    private final Map<String, List<Source>> inputs;
    private final String forEach;
    private final List<ParameterBinding> parameters;
    private final Optional<Condition> condition;
    private final Purpose purpose;
    private Optional<InputDescription> parts = Optional.empty();

    /** Why a step is in the plan. */
    public enum Purpose {
        /** A clause asked for it. */
        ASKED,
        /** A place of the caller's schema wants it, and no clause asked for it. */
        WANTED,
        /** A condition has to be found out. */
        DECIDES,
        /** It makes the type that another step reads. */
        COMPLETES
    }

    DraftStep(
            String id,
            Contract contract,
            double probability,
            Map<String, List<Source>> inputs,
            String forEach,
            List<ParameterBinding> parameters,
            Optional<Condition> condition,
            Purpose purpose) {
        this.id = id;
        this.contract = contract;
        this.probability = probability;
        this.inputs = new LinkedHashMap<>(inputs);
        this.forEach = forEach;
        this.parameters = List.copyOf(parameters);
        this.condition = condition;
        this.purpose = purpose;
    }

    public String id() {
        return id;
    }

    public Contract contract() {
        return contract;
    }

    public double probability() {
        return probability;
    }

    /** Positions of the clauses that asked for it, in the interpretation. */
    public Set<Integer> clauses() {
        return clauses;
    }

    /** JSON Pointers of the places of the caller's schema that brought it in. */
    public Set<String> places() {
        return places;
    }

    /** What it gives is a part of the result. */
    public boolean delivers() {
        return purpose == Purpose.ASKED || !places.isEmpty();
    }

    public Map<String, List<Source>> inputs() {
        return inputs;
    }

    public String forEach() {
        return forEach;
    }

    public List<ParameterBinding> parameters() {
        return parameters;
    }

    public Optional<Condition> condition() {
        return condition;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** What its output is called where it takes an input apart and the instruction speaks of the parts. */
    Optional<InputDescription> parts() {
        return parts;
    }

    void takesApartInto(InputDescription described) {
        parts = Optional.of(described);
    }

    /** The inputs of the task that it reads, itself or through the steps before it. */
    public Set<InputDescription> roots() {
        Set<InputDescription> roots = new LinkedHashSet<>();
        for (List<Source> sources : inputs.values()) {
            for (Source source : sources) {
                switch (source) {
                    case Source.OfTask task -> roots.add(task.input());
                    case Source.OfInstruction words -> {}
                    case Source.OfStep step -> roots.addAll(step.roots());
                }
            }
        }
        return roots;
    }

    /** The steps whose outputs it reads. */
    public Set<DraftStep> upstream() {
        Set<DraftStep> steps = new LinkedHashSet<>();
        inputs.values()
                .forEach(sources -> sources.forEach(source -> {
                    if (source instanceof Source.OfStep step) {
                        steps.add(step.step());
                    }
                }));
        return steps;
    }
}
