package dev.pinfactory.proto.plan;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.UnmetRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that a plan does, one phrase for each place of it: two plans do the same when their phrases are the same. */
final class PlanWords {
    private static final String YES = "yes";

    private final String instruction;
    private final Map<Place, String> phrases = new LinkedHashMap<>();

    private PlanWords(String instruction) {
        this.instruction = instruction;
    }

    /**
     * A place of a plan.
     *
     * @param owner id of the step that it belongs to; empty for a place of the result
     * @param detail what of the step; empty for the step itself
     * @param absent what holds where a plan says nothing there
     */
    record Place(String owner, String detail, Optional<String> absent) {
        static Place step(String id) {
            return new Place(id, "", Optional.empty());
        }

        Place step() {
            return step(owner);
        }

        boolean isStep() {
            return !owner.isEmpty() && detail.isEmpty();
        }

        String words() {
            if (owner.isEmpty()) {
                return detail;
            }
            return "step '" + owner + "'" + (detail.isEmpty() ? "" : ", " + detail);
        }
    }

    /** @param other instruction of the plan that this one is compared with */
    static Map<Place, String> of(Plan plan, String instruction, String other) {
        PlanWords words = new PlanWords(instruction);
        plan.getStepsList().forEach(words::step);
        plan.getOutputList().forEach(words::output);
        if (instruction.equals(other)) {
            plan.getUnmetList().stream()
                    .collect(Collectors.groupingBy(UnmetRequest::getText, LinkedHashMap::new, Collectors.counting()))
                    .forEach(words::unmet);
        } else if (plan.getUnmetCount() > 0) {
            // Another wording of a request and another request look alike; how many are left is the same for both.
            words.phrases.put(
                    new Place("", "unmet requests", Optional.of("none")), String.valueOf(plan.getUnmetCount()));
        }
        return words.phrases;
    }

    private void step(Step step) {
        String id = step.getId();
        phrases.put(Place.step(id), "specialist " + step.getSpecialist());
        step.getInputsList()
                .forEach(input -> detail(
                        id,
                        "input '" + input.getPort() + "'",
                        "nothing",
                        "from "
                                + input.getSourcesList().stream()
                                        .map(this::source)
                                        .collect(Collectors.joining(" + "))));
        step.getParametersList()
                .forEach(parameter -> detail(
                        id,
                        "parameter '" + parameter.getParameter() + "'",
                        source(Binding.getDefaultInstance()),
                        source(parameter.getSource())));
        if (!step.getForEach().isEmpty()) {
            detail(id, "for each", "nothing", "item of '" + step.getForEach() + "'");
        }
        if (step.hasWhen()) {
            detail(id, "condition", "none", condition(step.getWhen()));
        }
        if (step.getFallbacksCount() > 0) {
            detail(
                    id,
                    "fallbacks",
                    "none",
                    step.getFallbacksList().stream().map(PlanWords::fallback).collect(Collectors.joining(", then ")));
        }
        if (step.getRequired()) {
            detail(id, "required", "no", YES);
        }
        if (step.getDeliverable()) {
            detail(id, "part of the result", "no", YES);
        }
    }

    private void detail(String step, String detail, String absent, String phrase) {
        phrases.put(new Place(step, detail, Optional.of(absent)), phrase);
    }

    private void output(OutputMapping mapping) {
        String sources =
                mapping.getSourcesList().stream().map(PlanWords::output).collect(Collectors.joining(" + "));
        String rule = mapping.getRule() == OutputMapping.MergeRule.MERGE_RULE_UNSPECIFIED
                ? ""
                : ", merged by " + words(mapping.getRule());
        phrases.put(new Place("", "output '" + mapping.getTarget() + "'", Optional.empty()), sources + rule);
    }

    private void unmet(String request, long times) {
        phrases.put(
                new Place("", "request '" + request + "'", Optional.empty()),
                times == 1 ? "unmet" : "unmet " + times + " times");
    }

    private String source(Binding binding) {
        return switch (binding.getSourceCase()) {
            case TASK_INPUT ->
                "input '" + binding.getTaskInput().getName() + "'"
                        + binding.getTaskInput().getPointer();
            case STEP_OUTPUT -> output(binding.getStepOutput());
            case INSTRUCTION -> span(binding.getInstruction());
            case PARAMETER_DEFAULT, SOURCE_NOT_SET -> "the card's default";
        };
    }

    private String span(InstructionSpan span) {
        String read = span.getNormalizer() == InstructionSpan.Normalizer.NORMALIZER_UNSPECIFIED
                ? ""
                : " as " + words(span.getNormalizer());
        return CodePoints.slice(instruction, span.getStart(), span.getEnd())
                        .map(found -> "the words \"" + found + "\"")
                        .orElseGet(
                                () -> "the words at " + span.getStart() + "–" + span.getEnd() + " of the instruction")
                + read;
    }

    private static String output(StepOutput output) {
        return output.getStep() + "." + output.getOutput() + output.getPointer();
    }

    private static String condition(Condition condition) {
        String left = output(condition.getOutput()) + " " + words(condition.getOperator());
        return condition.getOperator() == Condition.Operator.EXISTS ? left : left + " " + json(condition.getValue());
    }

    private static String fallback(Fallback fallback) {
        String ports = new TreeMap<>(fallback.getPortsMap())
                .entrySet().stream()
                        .map(port -> port.getKey() + " as " + port.getValue())
                        .collect(Collectors.joining(", "));
        return fallback.getSpecialist() + (ports.isEmpty() ? "" : " (" + ports + ")");
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String json(Value value) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(value);
        } catch (InvalidProtocolBufferException e) {
            // A number that JSON does not have.
            return String.valueOf(value.getNumberValue());
        }
    }
}
