package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import java.util.Set;

/** Something that can feed an input port. */
public sealed interface Source {
    String type();

    /** It is a list. */
    boolean many();

    Binding binding();

    /** An input of the task. */
    record OfTask(InputDescription input) implements Source {
        @Override
        public String type() {
            return input.getType();
        }

        @Override
        public boolean many() {
            return input.getMany();
        }

        @Override
        public Binding binding() {
            return Binding.newBuilder()
                    .setTaskInput(TaskInput.newBuilder().setName(input.getName()))
                    .build();
        }
    }

    /** Words that stand in the instruction itself, in quotation marks. */
    record OfInstruction(Span words) implements Source {
        @Override
        public String type() {
            return SemanticTypes.TEXT;
        }

        @Override
        public boolean many() {
            return false;
        }

        @Override
        public Binding binding() {
            return Binding.newBuilder()
                    .setInstruction(InstructionSpan.newBuilder()
                            .setStart(words.getStart())
                            .setEnd(words.getEnd()))
                    .build();
        }
    }

    /** An output of a step before. */
    record OfStep(DraftStep step, Port port) implements Source {
        /** What it is read from: inputs of the task, or the parts of one. */
        Set<InputDescription> roots() {
            return step.parts()
                    .filter(parts -> port.getName().equals(parts.getName()))
                    .map(Set::of)
                    .orElseGet(step::roots);
        }

        @Override
        public String type() {
            return port.getType();
        }

        @Override
        public boolean many() {
            return !step.forEach().isEmpty() || port.getCardinality() == Port.Cardinality.MANY;
        }

        @Override
        public Binding binding() {
            return Binding.newBuilder()
                    .setStepOutput(StepOutput.newBuilder().setStep(step.id()).setOutput(port.getName()))
                    .build();
        }
    }
}
