package dev.pinfactory.proto.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
    @Test
    void everyFieldIsThereWhateverIsSet() throws Exception {
        List<TaskResult> results = List.of(
                TaskResult.getDefaultInstance(),
                TaskResult.newBuilder()
                        .setStatus(TaskResult.Status.REFUSED)
                        .setRefusal(Refusal.newBuilder().setMessage("ends in \"}\n\""))
                        .build(),
                TaskResult.newBuilder()
                        .setOutput(Value.newBuilder().setStringValue("}"))
                        .setPlan(Plan.newBuilder().setConfidence(0.5))
                        .build());
        for (TaskResult result : results) {
            String json = ResultJson.print(result);
            Struct.Builder read = Struct.newBuilder();
            JsonFormat.parser().merge(json, read);
            assertThat(read.getFieldsMap())
                    .as(json)
                    .containsOnlyKeys(TaskResult.getDescriptor().getFields().stream()
                            .map(FieldDescriptor::getJsonName)
                            .toList());
            assertThat(read.getFieldsOrThrow("plan").hasNullValue()).isEqualTo(!result.hasPlan());
        }
    }

    @Test
    void theResultInAnEventHasTheSameForm() throws Exception {
        TaskEvent ended = TaskEvent.newBuilder()
                .setSequence(7)
                .setEnded(TaskResult.newBuilder()
                        .setStatus(TaskResult.Status.REFUSED)
                        .setRefusal(Refusal.newBuilder().setMessage("ends in \"}\n\"")))
                .build();
        String line = ResultJson.line(ended);
        Struct.Builder read = Struct.newBuilder();
        JsonFormat.parser().merge(line, read);
        Struct.Builder alone = Struct.newBuilder();
        JsonFormat.parser().merge(ResultJson.print(ended.getEnded()), alone);

        assertThat(line).doesNotContain("\n");
        assertThat(read.getFieldsOrThrow("sequence").getStringValue()).isEqualTo("7");
        assertThat(read.getFieldsOrThrow("ended").getStructValue()).isEqualTo(alone.build());
    }

    @Test
    void anEventWithoutAResultIsItself() throws Exception {
        TaskEvent started = TaskEvent.newBuilder()
                .setSequence(2)
                .setStateChanged(TaskResult.State.RUNNING)
                .build();
        TaskEvent.Builder read = TaskEvent.newBuilder();
        JsonFormat.parser().merge(ResultJson.line(started), read);

        assertThat(read.build()).isEqualTo(started);
    }

    /** But for an output that is null itself, which is what no output is read as. */
    @Test
    void isReadAsTheSameResult() throws Exception {
        TaskResult result = TaskResult.newBuilder()
                .setTaskId("t")
                .setStatus(TaskResult.Status.REFUSED)
                .setRefusal(Refusal.newBuilder().setMessage("no"))
                .build();
        TaskResult.Builder read = TaskResult.newBuilder();
        JsonFormat.parser().merge(ResultJson.print(result), read);
        assertThat(read.clearOutput().build()).isEqualTo(result);
    }
}
