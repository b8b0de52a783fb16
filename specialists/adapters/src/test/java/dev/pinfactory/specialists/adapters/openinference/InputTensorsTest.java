package dev.pinfactory.specialists.adapters.openinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputTensorsTest {
    private static final String TABLE = """
            {"columns": [{"name": "b"}, {"name": "x"}, {"name": "a"}], "rows": [[1, "u", 2], [3, "v", 4]]}
            """;

    @Test
    void takesTheColumnsOfATableInTheModelsOrder() throws Exception {
        Tensor rows = tensor(Datatype.FP32, List.of(-1L, 2L), List.of("a", "b"), TABLE);
        assertThat(rows.shape()).containsExactly(2L, 2L);
        assertThat(rows.numbers()).containsExactly(2.0, 1.0, 4.0, 3.0);
    }

    @Test
    void namesTheColumnThatIsNotThere() {
        assertThatThrownBy(() -> tensor(Datatype.FP32, List.of(-1L, 1L), List.of("z"), TABLE))
                .hasMessageContaining("inputs[in] has no column 'z'");
    }

    @Test
    void refusesACellThatIsNoNumber() {
        assertThatThrownBy(() -> tensor(Datatype.FP32, List.of(-1L, 1L), List.of("x"), TABLE))
                .hasMessageContaining("inputs[in] has a value that is not FP32");
    }

    @Test
    void takesTheValueOfAScoreAndTheFieldsOfARecord() throws Exception {
        assertThat(tensor(Datatype.FP64, List.of(1L), List.of(), "{\"value\": 0.5}")
                        .numbers())
                .containsExactly(0.5);
        assertThat(tensor(Datatype.INT64, List.of(2L), List.of("q", "p"), "{\"p\": 1, \"q\": 2}")
                        .numbers())
                .containsExactly(2.0, 1.0);
    }

    @Test
    void refusesNumbersThatTheDatatypeCanNotHold() {
        assertThatThrownBy(() -> tensor(Datatype.INT32, List.of(1L), List.of(), "{\"value\": 3e9}"))
                .hasMessageContaining("not INT32");
        assertThatThrownBy(() -> tensor(Datatype.INT32, List.of(1L), List.of(), "{\"value\": 0.5}"))
                .hasMessageContaining("not INT32");
        assertThatThrownBy(() -> tensor(Datatype.FP32, List.of(1L), List.of(), "{\"value\": 1e300}"))
                .hasMessageContaining("not FP32");
    }

    @Test
    void refusesAnotherNumberOfValuesThanTheShapeHas() {
        assertThatThrownBy(() -> tensor(Datatype.FP64, List.of(3L), List.of("p", "q"), "{\"p\": 1, \"q\": 2}"))
                .hasMessageContaining("has 2 values, expected the shape [3]");
    }

    @Test
    void takesParameters() {
        var input = new Mapping.Input("T", "limit", Datatype.INT64, List.of(1L), List.of());
        Value five = Value.newBuilder().setNumberValue(5).build();
        Inference item = Inference.of(List.of(), Map.of("limit", five));
        assertThat(new InputTensors(List.of(input)).of(item).getFirst().numbers())
                .containsExactly(5.0);
    }

    private static Tensor tensor(Datatype datatype, List<Long> shape, List<String> columns, String json)
            throws Exception {
        Value.Builder value = Value.newBuilder();
        JsonFormat.parser().merge(json, value);
        Inference item =
                Inference.of(Artifact.newBuilder().setName("in").setJson(value).build());
        return new InputTensors(List.of(new Mapping.Input("T", "in", datatype, shape, columns)))
                .of(item)
                .getFirst();
    }
}
