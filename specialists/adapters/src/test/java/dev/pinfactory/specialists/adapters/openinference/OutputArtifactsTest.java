package dev.pinfactory.specialists.adapters.openinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.adapters.openinference.Mapping.As;
import dev.pinfactory.specialists.adapters.openinference.Mapping.Input;
import dev.pinfactory.specialists.adapters.openinference.Mapping.Output;
import dev.pinfactory.specialists.sdk.InferenceResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class OutputArtifactsTest {
    private static final Output LABELS =
            new Output("out", As.LABELS, "T", Datatype.FP32, false, List.of("a", "b"), 0, 0.5);

    @Test
    void takesProbabilitiesThatRoundingLiftedAboveOne() {
        assertThat(artifact(LABELS, List.of(0.0, 1.0000001), List.of(), 0).getConfidence())
                .isEqualTo(1);
    }

    @Test
    void refusesLogitsThatTheMappingTakesForProbabilities() {
        assertThatThrownBy(() -> artifact(LABELS, List.of(3.0, -1.0), List.of(), 0))
                .hasMessageContaining("add up to 1");
    }

    @Test
    void takesEachItemsPartOfTheStack() {
        Output vector = new Output("out", As.VECTOR, "T", Datatype.FP32, false, List.of(), 2, 0.5);
        Artifact second = artifact(vector, List.of(1.0, 2.0, 3.0, 4.0), List.of(), 1);
        assertThat(second.getJson()
                        .getStructValue()
                        .getFieldsOrThrow("values")
                        .getListValue()
                        .getValuesList())
                .extracting(value -> value.getNumberValue())
                .containsExactly(3.0, 4.0);
    }

    @Test
    void takesTextsThatAreUtf8() {
        Output text = new Output("out", As.TEXT, "T", Datatype.BYTES, false, List.of(), 0, 0.5);
        assertThat(artifact(text, List.of(), List.of(ByteString.copyFromUtf8("grün")), 0)
                        .getText())
                .isEqualTo("grün");
        ByteString broken = ByteString.copyFrom(new byte[] {(byte) 0xc3});
        assertThatThrownBy(() -> artifact(text, List.of(), List.of(broken), 0)).hasMessageContaining("not UTF-8");
    }

    @Test
    void takesALabelByItsPlace() {
        Output index = new Output("out", As.LABEL_INDEX, "T", Datatype.INT64, false, List.of("a", "b"), 0, 0.7);
        Artifact label = artifact(index, List.of(0.0, 1.0), List.of(), 1);
        assertThat(label.getJson().getStructValue().getFieldsOrThrow("label").getStringValue())
                .isEqualTo("b");
        assertThat(label.getConfidence()).isEqualTo(0.7);
        for (double wrong : new double[] {-1, 2, 0.5}) {
            assertThatThrownBy(() -> artifact(index, List.of(wrong), List.of(), 0))
                    .hasMessageContaining("none of its 2 labels");
        }
    }

    private static Artifact artifact(Output output, List<Double> numbers, List<ByteString> bytes, int item) {
        Mapping mapping = new Mapping(
                "127.0.0.1:1",
                "false",
                "m",
                "",
                Duration.ofSeconds(1),
                8,
                true,
                DataSize.ofMegabytes(1),
                0,
                List.of(new Input("I", "in", Datatype.FP32, List.of(1L), List.of())),
                List.of(output));
        Tensor tensor = new Tensor("T", output.datatype(), List.of(), numbers, bytes);
        InferenceResult result = new OutputArtifacts(mapping).of(List.of(tensor), item);
        return ((InferenceResult.Answered) result).outputs().getFirst();
    }
}
