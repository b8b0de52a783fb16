package dev.pinfactory.e2e.planning;

import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.UnmetRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A plan in words that don't depend on the ids of its steps: {@code summary(pii-redact(letter), sentences=two) if sentiment(letter) = negative}. A
 * list that is iterated has {@code each} before it; parameters stand there where words of the instruction set them.
 */
final class PlanInWords {
    private final String instruction;
    private final Plan plan;

    PlanInWords(String instruction, Plan plan) {
        this.instruction = instruction;
        this.plan = plan;
    }

    Set<String> steps() {
        Set<String> steps = new LinkedHashSet<>();
        for (Step step : plan.getStepsList()) {
            steps.add(call(step) + (step.hasWhen() ? " if " + condition(step.getWhen()) : ""));
        }
        return steps;
    }

    List<String> unmet() {
        return plan.getUnmetList().stream().map(UnmetRequest::getText).toList();
    }

    /** As {@code /place<-specialist/pointer}. */
    List<String> output() {
        return output(Step::getSpecialist);
    }

    /** As {@code /place<-specialist(input)/pointer}. */
    List<String> outputByInput() {
        return output(this::call);
    }

    private List<String> output(java.util.function.Function<Step, String> name) {
        List<String> output = new ArrayList<>();
        for (OutputMapping mapping : plan.getOutputList()) {
            var source = mapping.getSources(0);
            output.add(mapping.getTarget() + "<-" + name.apply(step(source.getStep())) + source.getPointer());
        }
        return output;
    }

    private String call(Step step) {
        List<String> arguments = new ArrayList<>();
        step.getInputsList()
                .forEach(input -> input.getSourcesList()
                        .forEach(source -> arguments.add(
                                (input.getPort().equals(step.getForEach()) ? "each " : "") + source(source))));
        step.getParametersList().stream()
                .filter(parameter -> parameter.getSource().hasInstruction())
                .forEach(parameter -> arguments.add(parameter.getParameter() + "=" + source(parameter.getSource())));
        return step.getSpecialist() + "(" + String.join(", ", arguments) + ")";
    }

    private String source(Binding binding) {
        return switch (binding.getSourceCase()) {
            case TASK_INPUT -> binding.getTaskInput().getName();
            case STEP_OUTPUT -> call(step(binding.getStepOutput().getStep()));
            case INSTRUCTION -> words(binding.getInstruction());
            case PARAMETER_DEFAULT, SOURCE_NOT_SET -> "";
        };
    }

    private String words(InstructionSpan span) {
        return instruction.substring(
                instruction.offsetByCodePoints(0, span.getStart()), instruction.offsetByCodePoints(0, span.getEnd()));
    }

    private String condition(Condition condition) {
        String decider = call(step(condition.getOutput().getStep()));
        return switch (condition.getOperator()) {
            case EQUALS -> decider + " = " + value(condition);
            case NOT_EQUALS -> decider + " != " + value(condition);
            case IN ->
                decider + " = "
                        + condition.getValue().getListValue().getValues(0).getStringValue();
            case LESS -> decider + " < " + value(condition);
            case GREATER -> decider + " > " + value(condition);
            case EXISTS -> decider + " exists";
            case OPERATOR_UNSPECIFIED, UNRECOGNIZED -> decider + " ?";
        };
    }

    private static String value(Condition condition) {
        return condition.getValue().hasStringValue()
                ? condition.getValue().getStringValue()
                : String.valueOf(condition.getValue().getNumberValue());
    }

    private Step step(String id) {
        return plan.getStepsList().stream()
                .filter(step -> step.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
