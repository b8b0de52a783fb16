package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.OutputMapping.MergeRule;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The output mapping of a plan whose caller gave no schema: one key for each deliverable output, named by the output.
 *
 * <p>Outputs of one name are merged into one key when they speak of the same thing: equal type, read from the same task inputs, and by the same
 * capability, which only entities and spans do not need because each of them says what it is. Otherwise their keys are {@code step.output}.
 */
public final class DefaultMapping {
    private DefaultMapping() {}

    /** The mapping, in the order of the plan's steps and their contracts' ports. Steps of unknown specialists are left out: validation names them. */
    public static List<OutputMapping> of(Plan plan, Contracts contracts) {
        Map<String, List<Deliverable>> byName = new LinkedHashMap<>();
        Map<String, Set<String>> roots = roots(plan);
        for (Step step : plan.getStepsList()) {
            if (step.getDeliverable()) {
                contracts.find(step.getSpecialist()).ifPresent(contract -> {
                    for (Port port : contract.getOutputsList()) {
                        byName.computeIfAbsent(port.getName(), name -> new ArrayList<>())
                                .add(new Deliverable(step, contract, port, roots.getOrDefault(step.getId(), Set.of())));
                    }
                });
            }
        }
        Set<String> taken = new HashSet<>();
        List<OutputMapping> mappings = new ArrayList<>();
        byName.forEach((name, deliverables) -> {
            boolean one = deliverables.stream()
                    .allMatch(each -> each.speaksOfTheSameAs(deliverables.getFirst(), contracts.types()));
            if (one) {
                mappings.add(mapping(deliverables, free(name, taken), contracts.types()));
                return;
            }
            for (Deliverable each : deliverables) {
                String key = free(each.step.getId() + "." + name, taken);
                mappings.add(mapping(List.of(each), key, contracts.types()));
            }
        });
        return mappings;
    }

    /** How outputs of a type are merged when the mapping does not say. */
    public static MergeRule ruleFor(String type, boolean many, SemanticTypes types) {
        if (many) {
            return MergeRule.UNION;
        }
        if (types.isAssignable(type, SemanticTypes.SPANS)) {
            return MergeRule.SPAN_MERGE;
        }
        return types.isAssignable(type, SemanticTypes.RECORD) ? MergeRule.RECORD_MERGE : MergeRule.VOTE;
    }

    private static OutputMapping mapping(List<Deliverable> deliverables, String key, SemanticTypes types) {
        Deliverable first = deliverables.getFirst();
        OutputMapping.Builder mapping = OutputMapping.newBuilder()
                .setTarget(JsonPointer.whole().child(key).toString())
                .setRule(ruleFor(first.port.getType(), first.many(), types))
                .setConfidence(deliverables.stream()
                        .mapToDouble(each -> each.step.getConfidence())
                        .min()
                        .orElse(0));
        for (Deliverable each : deliverables) {
            mapping.addSources(
                    StepOutput.newBuilder().setStep(each.step.getId()).setOutput(each.port.getName()));
        }
        return mapping.build();
    }

    private static String free(String key, Set<String> taken) {
        String candidate = key;
        for (int n = 2; !taken.add(candidate); n++) {
            candidate = key + "-" + n;
        }
        return candidate;
    }

    /** For each step the task inputs that it reads, itself or through the steps before it. A cyclic plan gives up, and validation says why. */
    private static Map<String, Set<String>> roots(Plan plan) {
        Map<String, Set<String>> roots = new HashMap<>();
        boolean grew = true;
        for (int round = 0; grew && round <= plan.getStepsCount(); round++) {
            grew = false;
            for (Step step : plan.getStepsList()) {
                Set<String> mine = roots.computeIfAbsent(step.getId(), id -> new TreeSet<>());
                for (InputBinding input : step.getInputsList()) {
                    for (Binding source : input.getSourcesList()) {
                        grew |= mine.addAll(rootsOf(source, roots));
                    }
                }
            }
        }
        return roots;
    }

    private static Set<String> rootsOf(Binding source, Map<String, Set<String>> roots) {
        return switch (source.getSourceCase()) {
            case TASK_INPUT ->
                Set.of(source.getTaskInput().getName() + "\n"
                        + source.getTaskInput().getPointer());
            case STEP_OUTPUT ->
                Set.copyOf(roots.getOrDefault(source.getStepOutput().getStep(), Set.of()));
            case INSTRUCTION, PARAMETER_DEFAULT, SOURCE_NOT_SET -> Set.of();
        };
    }

    private record Deliverable(Step step, Contract contract, Port port, Set<String> roots) {
        boolean many() {
            return !step.getForEach().isEmpty() || port.getCardinality() == Port.Cardinality.MANY;
        }

        boolean speaksOfTheSameAs(Deliverable other, SemanticTypes types) {
            boolean sayWhatTheyAre = types.isAssignable(port.getType(), SemanticTypes.SPANS);
            return port.getType().equals(other.port.getType())
                    && many() == other.many()
                    && roots.equals(other.roots)
                    && (sayWhatTheyAre || contract.getCapability().equals(other.contract.getCapability()));
        }
    }
}
