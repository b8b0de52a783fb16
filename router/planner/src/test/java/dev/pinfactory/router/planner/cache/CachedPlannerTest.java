package dev.pinfactory.router.planner.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.Planner;
import dev.pinfactory.router.planner.PlanningRequest;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedPlannerTest {
    private static final Contract CUT = Contract.newBuilder()
            .setId("cut")
            .addInputs(Port.newBuilder().setName("rope").setType("text"))
            .addOutputs(Port.newBuilder().setName("piece").setType("text"))
            .addParameters(Parameter.newBuilder().setName("metres").setKind(Parameter.Kind.INTEGER))
            .build();
    private static final Contracts CONTRACTS = Contracts.of(CUT);

    private final AtomicInteger made = new AtomicInteger();
    private final Planner cached = new CachedPlanner(this::make, 2);

    /** Binds the first number of the instruction. */
    private PlanOutcome make(PlanningRequest planning) {
        made.incrementAndGet();
        String instruction = planning.request().getInstruction();
        int start = instruction.replaceAll("\\d.*", "").length();
        int end = start + instruction.substring(start).replaceAll("\\D.*", "").length();
        Step step = Step.newBuilder()
                .setId("cut")
                .setSpecialist("cut")
                .setContractDigest(CONTRACTS.digestOf("cut").orElseThrow())
                .setDeliverable(true)
                .addInputs(InputBinding.newBuilder()
                        .setPort("rope")
                        .addSources(Binding.newBuilder()
                                .setTaskInput(TaskInput.newBuilder().setName("rope"))))
                .addParameters(ParameterBinding.newBuilder()
                        .setParameter("metres")
                        .setSource(Binding.newBuilder()
                                .setInstruction(InstructionSpan.newBuilder()
                                        .setStart(start)
                                        .setEnd(end)
                                        .setNormalizer(InstructionSpan.Normalizer.INTEGER))))
                .addAskedBy(Span.newBuilder().setStart(0).setEnd(instruction.length()))
                .setReason("you asked to \"" + instruction + "\"")
                .build();
        Plan plan = Plan.newBuilder()
                .addSteps(step)
                .setCatalogDigest(CONTRACTS.digest())
                .addOutput(OutputMapping.newBuilder()
                        .setTarget("/piece")
                        .addSources(StepOutput.newBuilder().setStep("cut").setOutput("piece")))
                .build();
        return new Planned(plan.toBuilder().setDigest(Digests.of(plan)).build());
    }

    private Planned plan(String instruction, String tenant) {
        PlanRequest request = PlanRequest.newBuilder()
                .setInstruction(instruction)
                .setTenant(tenant)
                .addInputs(InputDescription.newBuilder().setName("rope").setType("text"))
                .build();
        return (Planned) cached.plan(new PlanningRequest(request, CONTRACTS, Instant.MAX));
    }

    private static String words(Planned planned, String instruction) {
        InstructionSpan span =
                planned.plan().getSteps(0).getParameters(0).getSource().getInstruction();
        return instruction.substring(span.getStart(), span.getEnd());
    }

    @Test
    void anotherNumberIsBoundAnew() {
        plan("Cut 5 metres of rope", "a");
        Planned second = plan("Cut 1250 metres of rope", "a");
        assertThat(made).hasValue(1);
        assertThat(second.fromCache()).isTrue();
        assertThat(words(second, "Cut 1250 metres of rope")).isEqualTo("1250");
        assertThat(second.plan().getSteps(0).getAskedBy(0).getEnd()).isEqualTo(23);
        assertThat(second.plan().getSteps(0).getReason()).contains("Cut 1250 metres of rope");
        assertThat(second.plan().getDigest())
                .isEqualTo(Digests.of(second.plan().toBuilder().clearDigest().build()));
    }

    @Test
    void anotherTenantWordOrInputIsAnotherShape() {
        plan("Cut 5 metres of rope", "a");
        assertThat(plan("Cut 5 metres of rope", "b").fromCache()).isFalse();
        assertThat(plan("Cut 5 metres of cord", "a").fromCache()).isFalse();
    }

    @Test
    void aLiteralInAConditionIsNotExchanged() {
        plan("If it is longer than 9, cut 5 metres of rope", "a");
        assertThat(plan("If it is longer than 8, cut 5 metres of rope", "a").fromCache())
                .isFalse();
    }

    @Test
    void wordsThatNoLongerReadAreNotTakenFromTheCache() {
        plan("Cut 5 metres of rope", "a");
        // A decimal is a number too, and no integer: the remembered binding does not hold.
        plan("Cut 5.5 metres of rope", "a");
        assertThat(made).hasValue(2);
    }

    @Test
    void theOldestIsForgotten() {
        plan("Cut 5 metres of rope", "a");
        plan("Cut 5 metres of cord", "a");
        plan("Cut 5 metres of wire", "a");
        assertThat(plan("Cut 5 metres of rope", "a").fromCache()).isFalse();
    }
}
