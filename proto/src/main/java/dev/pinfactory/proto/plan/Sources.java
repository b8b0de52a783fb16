package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.type.JsonKind;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import java.util.Optional;
import java.util.Set;

/** Finds out what a binding delivers; where it can't deliver anything, reports why. */
final class Sources {
    /**
     * What arrives through a binding.
     *
     * @param type semantic type of the whole artifact
     * @param kinds what the JSON value at the pointer can be; empty for a whole artifact that is not JSON
     * @param part a pointer picks a part of the artifact
     * @param many a list of it arrives
     */
    record Delivered(String type, Set<JsonKind> kinds, boolean part, boolean many) {}

    private static final Set<JsonKind> STRING = Set.of(JsonKind.STRING);

    private final PlanContext context;

    Sources(PlanContext context) {
        this.context = context;
    }

    /** Empty where it delivers nothing, which has then been reported. */
    Optional<Delivered> delivered(String step, String field, Binding binding) {
        return switch (binding.getSourceCase()) {
            case TASK_INPUT -> taskInput(step, field, binding.getTaskInput());
            case STEP_OUTPUT -> stepOutput(step, field, binding.getStepOutput());
            case INSTRUCTION -> words(step, field, binding.getInstruction());
            case PARAMETER_DEFAULT -> Optional.empty();
            case SOURCE_NOT_SET -> {
                context.report.add(
                        step,
                        field,
                        Rule.MISSING,
                        "the binding has no source; expected a task input, a step output or words of the instruction");
                yield Optional.empty();
            }
        };
    }

    Optional<Delivered> stepOutput(String step, String field, StepOutput output) {
        int producer = context.index(output.getStep());
        if (producer < 0) {
            context.report.add(
                    step,
                    field,
                    Rule.UNKNOWN_REFERENCE,
                    "there is no step " + Report.quoted(output.getStep()) + " in this plan");
            return Optional.empty();
        }
        Optional<Contract> contract = context.contract(producer);
        if (contract.isEmpty()) {
            // The producer itself has been reported.
            return Optional.empty();
        }
        Optional<Port> port = PlanContext.port(contract.get().getOutputsList(), output.getOutput());
        if (port.isEmpty()) {
            context.report.add(
                    step,
                    field,
                    Rule.UNKNOWN_REFERENCE,
                    "step " + Report.quoted(output.getStep()) + " has no output " + Report.quoted(output.getOutput())
                            + "; it has "
                            + contract.get().getOutputsList().stream()
                                    .map(Port::getName)
                                    .toList());
            return Optional.empty();
        }
        boolean many = PlanContext.isMany(port.get())
                || !context.plan.getSteps(producer).getForEach().isEmpty();
        return at(step, field, port.get().getType(), output.getPointer(), many);
    }

    private Optional<Delivered> taskInput(String step, String field, TaskInput binding) {
        Optional<InputDescription> input = context.input(binding.getName());
        if (input.isEmpty()) {
            context.report.add(
                    step,
                    field,
                    Rule.UNKNOWN_REFERENCE,
                    "the task has no input " + Report.quoted(binding.getName()) + "; it has "
                            + context.task.inputs().stream()
                                    .limit(20)
                                    .map(InputDescription::getName)
                                    .toList());
            return Optional.empty();
        }
        return at(
                step,
                field,
                input.get().getType(),
                binding.getPointer(),
                input.get().getMany());
    }

    private Optional<Delivered> words(String step, String field, InstructionSpan span) {
        if (CodePoints.slice(context.task.instruction(), span.getStart(), span.getEnd())
                .isEmpty()) {
            spanOutside(step, field, span);
            return Optional.empty();
        }
        return Optional.of(new Delivered(SemanticTypes.TEXT, STRING, false, false));
    }

    void spanOutside(String step, String field, InstructionSpan span) {
        context.report.add(
                step,
                field,
                Rule.INSTRUCTION_SPAN,
                "the span [" + span.getStart() + ", " + span.getEnd() + ") is not inside the instruction of "
                        + CodePoints.length(context.task.instruction()) + " code points");
    }

    private Optional<Delivered> at(String step, String field, String type, String pointer, boolean many) {
        Optional<JsonPointer> parsed = JsonPointer.parse(pointer);
        if (parsed.isEmpty()) {
            context.report.add(
                    step,
                    field,
                    Rule.POINTER,
                    Report.quoted(pointer) + " is not a JSON Pointer; expected \"\" or something like \"/total\"");
            return Optional.empty();
        }
        if (parsed.get().isWhole()) {
            return Optional.of(new Delivered(type, wholeKinds(type), false, many));
        }
        if (!context.schemas.isJson(type) && !type.equals(SemanticTypes.ANY)) {
            context.report.add(
                    step,
                    field,
                    Rule.POINTER,
                    "a pointer needs a json value to point into; type " + Report.quoted(type) + " has none");
            return Optional.empty();
        }
        Set<JsonKind> kinds = context.schemas.kindsAt(type, parsed.get());
        if (kinds.isEmpty()) {
            context.report.add(
                    step,
                    field,
                    Rule.POINTER,
                    "a value of type " + Report.quoted(type) + " has nothing at " + Report.quoted(pointer));
            return Optional.empty();
        }
        return Optional.of(new Delivered(type, kinds, true, many));
    }

    private Set<JsonKind> wholeKinds(String type) {
        if (type.equals(SemanticTypes.TEXT)) {
            return STRING;
        }
        return context.schemas.isJson(type) || type.equals(SemanticTypes.ANY)
                ? context.schemas.kindsAt(type, JsonPointer.whole())
                : Set.of();
    }
}
