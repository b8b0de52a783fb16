package dev.pinfactory.orchestrator.service.testing;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskInput;
import dev.pinfactory.proto.v1.Version;
import java.util.stream.Stream;

/** Contracts, plans and tasks of the tests: chains of specialists that make text of text. */
public final class Plans {
    private Plans() {}

    public static Contract contract(String id) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability("rewrite." + id)
                .setSummary("Rewrites text")
                .addExamples("rewrite this")
                .addInputs(port())
                .addOutputs(port())
                .addAcceptsDataClasses("*")
                .setKind(Contract.Kind.MODEL)
                .setIdempotent(true)
                .build();
    }

    private static Port port() {
        return Port.newBuilder()
                .setName("text")
                .setType("text")
                .setCardinality(Port.Cardinality.ONE)
                .build();
    }

    /** Each specialist takes the one before's text; the last one's is the result. */
    public static Plan chain(String... specialists) {
        return chain(Stream.of(specialists).map(Plans::contract).toArray(Contract[]::new));
    }

    /** The same of contracts with one input each. */
    public static Plan chain(Contract... specialists) {
        Plan.Builder plan = Plan.newBuilder().setConfidence(0.9);
        String before = "";
        for (Contract contract : specialists) {
            String specialist = contract.getId();
            Binding source = before.isEmpty()
                    ? Binding.newBuilder()
                            .setTaskInput(TaskInput.newBuilder().setName("note"))
                            .build()
                    : Binding.newBuilder().setStepOutput(output(before)).build();
            boolean last = contract == specialists[specialists.length - 1];
            plan.addSteps(Step.newBuilder()
                    .setId(specialist)
                    .setSpecialist(specialist)
                    .setContractDigest(Digests.of(contract))
                    .addInputs(InputBinding.newBuilder()
                            .setPort(contract.getInputs(0).getName())
                            .addSources(source))
                    .setDeliverable(last)
                    .setReason("the test wants it")
                    .setConfidence(0.9));
            before = specialist;
        }
        return plan.addOutput(OutputMapping.newBuilder()
                        .addSources(output(before))
                        .setTarget("/text")
                        .setConfidence(0.9))
                .build();
    }

    private static StepOutput output(String step) {
        return StepOutput.newBuilder().setStep(step).setOutput("text").build();
    }

    /** A card that is not registered. */
    public static Card card(Contract contract) {
        return Card.newBuilder()
                .setContract(contract)
                .setVersion(Version.newBuilder().setNumber("2.0.0"))
                .build();
    }

    public static Task task(String text) {
        return Task.newBuilder()
                .setInstruction("rewrite this note")
                .addInputs(Artifact.newBuilder().setName("note").setType("text").setText(text))
                .build();
    }
}
