package dev.pinfactory.proto.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.PinPlanRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.Task;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteNumbersTest {
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsNamedByItsPlace(double number) {
        Struct schema = Struct.newBuilder()
                .putFields("a/b", list(number(1), struct("maximum", number(number))))
                .build();
        assertThat(field(PinPlanRequest.newBuilder()
                        .setTask(Task.newBuilder().setOutputSchema(schema))
                        .build()))
                .isEqualTo("output_schema/a~1b/1/maximum");
    }

    @Test
    void itIsFoundInListsOfInputsAndInMaps() {
        Artifact broken = Artifact.newBuilder().setJson(number(Double.NaN)).build();
        Artifact items = Artifact.newBuilder()
                .setItems(ArtifactList.newBuilder()
                        .addItems(Artifact.getDefaultInstance())
                        .addItems(broken))
                .build();
        assertThat(field(RunTaskRequest.newBuilder()
                        .setTask(Task.newBuilder()
                                .addInputs(Artifact.newBuilder().setText("a"))
                                .addInputs(items))
                        .build()))
                .isEqualTo("inputs[1].items.items[1].json");
        assertThat(field(InferRequest.newBuilder()
                        .putParameters("p", number(Double.NaN))
                        .build()))
                .isEqualTo("parameters[p]");
    }

    @Test
    void whatIsWellIsLeftAlone() {
        assertThat(FiniteNumbers.check(RunTaskRequest.newBuilder()
                        .setTask(Task.newBuilder()
                                .setOutputSchema(Struct.newBuilder().putFields("a", number(1.5)))
                                .addInputs(Artifact.newBuilder().setJson(list(number(-1), Value.getDefaultInstance()))))
                        .build()))
                .isEmpty();
        assertThat(FiniteNumbers.check(Task.getDefaultInstance())).isEmpty();
    }

    private static String field(Message message) {
        return FiniteNumbers.check(message).map(FieldViolation::field).orElse("");
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private static Value struct(String name, Value value) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields(name, value))
                .build();
    }

    private static Value list(Value... values) {
        ListValue.Builder list = ListValue.newBuilder();
        Stream.of(values).forEach(list::addValues);
        return Value.newBuilder().setListValue(list).build();
    }
}
