package dev.pinfactory.proto.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.CostCeiling;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Task;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskValidatorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final TaskValidator validator =
            new TaskValidator(Contracts.of(Contract.newBuilder().setId("ocr").build()));

    @Test
    void aTaskWithInstructionAndInputsIsFine() {
        Task.Builder task = task().putLabels("team", "a");
        task.setConstraints(Constraints.newBuilder()
                .setDeadline(Timestamps.fromSeconds(NOW.getEpochSecond() + 5))
                .setTimeout(Durations.fromSeconds(3))
                .addAllowedSpecialists("ocr")
                .setMinPlanConfidence(0)
                .setMinFieldConfidence(1)
                .setCostCeiling(CostCeiling.newBuilder()
                        .setLlm(Amount.newBuilder().setValue("0.50").setCurrency("EUR"))));
        task.setOutputSchema(schema("object"));
        assertThat(fields(task)).isEmpty();
    }

    @Test
    void theInstructionIsThereAndShort() {
        assertThat(fields(task().setInstruction(" \n"))).containsExactly("instruction");
        assertThat(fields(task().setInstruction("\ud83d\ude00".repeat(8_000)))).isEmpty();
        assertThat(fields(task().setInstruction("x".repeat(8_001)))).containsExactly("instruction");
    }

    @Test
    void aTaskWithAPinnedPlanNeedsNoInstruction() {
        assertThat(fields(Task.newBuilder().setPinnedPlan("claim@2"))).isEmpty();
        assertThat(fields(Task.newBuilder().setPinnedPlan("Claim 2"))).containsExactly("pinned_plan");
        assertThat(fields(Task.newBuilder().setPinnedPlan("claim").setPlan(Plan.getDefaultInstance())))
                .containsExactly("plan");
    }

    @Test
    void inputsHaveUniqueNamesAndKnownTypes() {
        Task.Builder task = task().addInputs(text("letter"))
                .addInputs(text("2nd"))
                .addInputs(text("other").toBuilder().setType("txt"))
                .addInputs(Artifact.newBuilder().setName("empty").setType("text"));
        assertThat(fields(task)).containsExactly("inputs[1].name", "inputs[2].name", "inputs[3].type", "inputs[4]");
        assertThat(validator.validateForPlanning(
                        task().addInputs(Artifact.newBuilder().setName("e").setType("text"))
                                .build(),
                        NOW))
                .isEmpty();
    }

    @Test
    void tenThousandInputsAreCountedAndNotRead() {
        Task.Builder task = task();
        for (int i = 0; i < 10_000; i++) {
            task.addInputs(Artifact.newBuilder().setName("\u0000").setType("nonsense"));
        }
        assertThat(fields(task)).containsExactly("inputs");
    }

    @Test
    void allThatIsWrongWithTheConstraintsIsReported() {
        Task.Builder task = task();
        task.setConstraints(Constraints.newBuilder()
                .setDeadline(Timestamps.fromSeconds(NOW.getEpochSecond()))
                .setTimeout(Durations.fromSeconds(-3))
                .addAllowedSpecialists("nobody")
                .addExcludedSpecialists("ocr")
                .addExcludedSpecialists("nobody")
                .setMinPlanConfidence(1.1)
                .setMinFieldConfidence(Double.NaN)
                .setCostCeiling(CostCeiling.newBuilder()
                        .setCpuSeconds(-1)
                        .setLlm(Amount.newBuilder().setValue("1e9").setCurrency("euro"))));
        assertThat(fields(task))
                .containsExactly(
                        "constraints.deadline",
                        "constraints.timeout",
                        "constraints.allowed_specialists[0]",
                        "constraints.excluded_specialists[1]",
                        "constraints.min_plan_confidence",
                        "constraints.min_field_confidence",
                        "constraints.cost_ceiling.llm.value",
                        "constraints.cost_ceiling.llm.currency",
                        "constraints.cost_ceiling.cpu_seconds");
    }

    @Test
    void unknownNamesAreAnsweredWithKnownOnes() {
        Task.Builder task = task().addInputs(text("note").toBuilder().setType("smell"))
                .setConstraints(Constraints.newBuilder().addAllowedSpecialists("nobody"));
        assertThat(validator.validate(task.build(), NOW))
                .extracting(FieldViolation::description)
                .satisfiesExactly(
                        type -> assertThat(type).contains("'smell'", "expected one of any, document, entities", "text"),
                        specialist -> assertThat(specialist).contains("'nobody'", "expected one of ocr"));
    }

    @Test
    void theOutputSchemaIsASchemaOfAnObject() {
        assertThat(fields(task().setOutputSchema(schema("strin")))).containsOnly("output_schema/type");
        assertThat(fields(task().setOutputSchema(schema("array")))).containsExactly("output_schema/type");
    }

    @Test
    void labelsAreFewAndShort() {
        Task.Builder many = task();
        for (int i = 0; i < 33; i++) {
            many.putLabels("k" + i, "v");
        }
        assertThat(fields(many)).containsExactly("labels");
        assertThat(fields(task().putLabels("a=b", "c"))).containsExactly("labels");
        assertThat(fields(task().putLabels("a", "c".repeat(257)))).containsExactly("labels[a]");
    }

    private List<String> fields(Task.Builder task) {
        return validator.validate(task.build(), NOW).stream()
                .map(FieldViolation::field)
                .toList();
    }

    private static Task.Builder task() {
        return Task.newBuilder().setInstruction("Summarise the letter").addInputs(text("letter"));
    }

    private static Artifact text(String name) {
        return Artifact.newBuilder()
                .setName(name)
                .setType("text")
                .setText("Dear all")
                .build();
    }

    private static Struct schema(String type) {
        return Struct.newBuilder()
                .putFields("type", Value.newBuilder().setStringValue(type).build())
                .build();
    }
}
