package dev.pinfactory.proto.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.OutputMapping.MergeRule;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultMappingTest {
    private static final Contracts CONTRACTS = Contracts.of(
            contract("tone", "classify.sentiment", "labels", "labels"),
            contract("tone-2", "classify.sentiment", "labels", "labels"),
            contract("tongue", "classify.language", "labels", "labels"),
            contract("names", "extract.names", "entities", "entities"),
            contract("private", "detect.pii", "entities", "entities"),
            contract("reader", "read.text", "text", "text"),
            contract("slashed", "odd", "a/b", "score"));

    @Test
    void oneKeyForEachDeliverableOutput() {
        assertThat(targets(step("one", "tone", "mail"), step("two", "reader", "mail")))
                .containsExactly("/labels", "/text");
    }

    @Test
    void whatIsNotDeliverableHasNoKey() {
        Step hidden =
                step("two", "reader", "mail").toBuilder().setDeliverable(false).build();

        assertThat(targets(step("one", "tone", "mail"), hidden)).containsExactly("/labels");
    }

    @Test
    void twoOfOneCapabilityOverOneInputAreMerged() {
        List<OutputMapping> mapping = of(step("one", "tone", "mail"), step("two", "tone-2", "mail"));

        assertThat(mapping).hasSize(1);
        assertThat(mapping.getFirst().getRule()).isEqualTo(MergeRule.VOTE);
        assertThat(mapping.getFirst().getSourcesList())
                .extracting(StepOutput::getStep)
                .containsExactly("one", "two");
    }

    @Test
    void labelsOfDifferentCapabilitiesAreNotVotedOn() {
        assertThat(targets(step("one", "tone", "mail"), step("two", "tongue", "mail")))
                .containsExactly("/one.labels", "/two.labels");
    }

    @Test
    void entitiesOfDifferentCapabilitiesAreMerged() {
        List<OutputMapping> mapping = of(step("one", "names", "mail"), step("two", "private", "mail"));

        assertThat(mapping).hasSize(1);
        assertThat(mapping.getFirst().getRule()).isEqualTo(MergeRule.SPAN_MERGE);
    }

    @Test
    void theSameQuestionAboutTwoInputsHasTwoKeys() {
        assertThat(targets(step("one", "names", "mail"), step("two", "names", "reply")))
                .containsExactly("/one.entities", "/two.entities");
    }

    @Test
    void inputsAreComparedThroughTheStepsBetween() {
        Step read =
                step("read", "reader", "mail").toBuilder().setDeliverable(false).build();
        Step late = step("late", "names", "mail").toBuilder()
                .clearInputs()
                .addInputs(InputBinding.newBuilder()
                        .setPort("in")
                        .addSources(Binding.newBuilder()
                                .setStepOutput(
                                        StepOutput.newBuilder().setStep("read").setOutput("text"))))
                .build();

        assertThat(targets(late, read, step("direct", "private", "mail"))).containsExactly("/entities");
    }

    @Test
    void listsAreUnited() {
        Step each = step("one", "tone", "mail").toBuilder().setForEach("in").build();

        assertThat(of(each).getFirst().getRule()).isEqualTo(MergeRule.UNION);
    }

    @Test
    void targetsAreEscaped() {
        assertThat(targets(step("one", "slashed", "mail"))).containsExactly("/a~1b");
    }

    private static List<OutputMapping> of(Step... steps) {
        return DefaultMapping.of(Plan.newBuilder().addAllSteps(List.of(steps)).build(), CONTRACTS);
    }

    private static List<String> targets(Step... steps) {
        return of(steps).stream().map(OutputMapping::getTarget).toList();
    }

    private static Contract contract(String id, String capability, String output, String type) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability(capability)
                .addInputs(Port.newBuilder().setName("in").setType("text"))
                .addOutputs(Port.newBuilder().setName(output).setType(type))
                .build();
    }

    private static Step step(String id, String specialist, String input) {
        return Step.newBuilder()
                .setId(id)
                .setSpecialist(specialist)
                .setDeliverable(true)
                .addInputs(InputBinding.newBuilder()
                        .setPort("in")
                        .addSources(Binding.newBuilder()
                                .setTaskInput(TaskInput.newBuilder().setName(input))))
                .build();
    }
}
