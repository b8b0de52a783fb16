package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.Value;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import java.util.Arrays;

/** Small plans for tests. Each specialist takes a text "in" (and optionally a text "extra") and gives a text "out". */
final class Plans {
    static final Contract WORK = contract("work").build();
    static final Contract SPARE = Contract.newBuilder()
            .setId("spare")
            .setCapability("test")
            .addInputs(port("food", "text"))
            .addOutputs(port("made", "text"))
            .build();
    static final Contract JOIN = Contract.newBuilder()
            .setId("join")
            .setCapability("test")
            .addInputs(port("in", "text").setCardinality(Port.Cardinality.MANY))
            .addOutputs(port("out", "text"))
            .build();
    static final Contract READ = Contract.newBuilder()
            .setId("read")
            .setCapability("test")
            .addInputs(port("in", "text"))
            .addOutputs(port("out", "fields"))
            .build();
    static final Contract SECRETIVE = contract("secretive")
            .clearAcceptsDataClasses()
            .addAcceptsDataClasses("personal")
            .addClearsDataClasses("personal")
            .build();
    static final Contract GENIUS = contract("genius").setKind(Contract.Kind.LLM).build();
    static final Contract TUNED = contract("tuned")
            .addParameters(Parameter.newBuilder()
                    .setName("count")
                    .setKind(Parameter.Kind.INTEGER)
                    .setRequired(true))
            .addParameters(Parameter.newBuilder()
                    .setName("style")
                    .setDefaultValue(Value.newBuilder().setStringValue("plain")))
            .build();
    static final Contracts CONTRACTS = Contracts.of(WORK, SPARE, JOIN, READ, SECRETIVE, GENIUS, TUNED);

    private Plans() {}

    static Contract.Builder contract(String id) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability("test")
                .addInputs(port("in", "text"))
                .addInputs(port("extra", "text").setOptional(true))
                .addOutputs(port("out", "text"));
    }

    static Port.Builder port(String name, String type) {
        return Port.newBuilder().setName(name).setType(type);
    }

    /** A deliverable step that reads the task's "letter". */
    static Step.Builder step(String id, Binding... sources) {
        return Step.newBuilder()
                .setId(id)
                .setSpecialist("work")
                .setDeliverable(true)
                .addInputs(InputBinding.newBuilder()
                        .setPort("in")
                        .addAllSources(sources.length == 0 ? Arrays.asList(letter()) : Arrays.asList(sources)));
    }

    static Binding letter() {
        return input("letter");
    }

    static Binding input(String name) {
        return input(name, "");
    }

    static Binding input(String name, String pointer) {
        return Binding.newBuilder()
                .setTaskInput(TaskInput.newBuilder().setName(name).setPointer(pointer))
                .build();
    }

    static Binding output(String step) {
        return output(step, "");
    }

    static Binding output(String step, String pointer) {
        return Binding.newBuilder()
                .setStepOutput(
                        StepOutput.newBuilder().setStep(step).setOutput("out").setPointer(pointer))
                .build();
    }

    static Artifact text(String name, String text) {
        return Artifact.newBuilder()
                .setName(name)
                .setType("text")
                .setText(text)
                .setConfidence(1)
                .build();
    }

    static Artifact list(String name, String... texts) {
        ArtifactList.Builder items = ArtifactList.newBuilder();
        for (String text : texts) {
            items.addItems(text("", text));
        }
        return Artifact.newBuilder()
                .setName(name)
                .setType("text")
                .setItems(items)
                .setConfidence(1)
                .build();
    }
}
