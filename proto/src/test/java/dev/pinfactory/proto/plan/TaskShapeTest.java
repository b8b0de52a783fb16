package dev.pinfactory.proto.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InputDescription;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskShapeTest {
    private static InputDescription described(String type, String json) throws Exception {
        Value.Builder value = Value.newBuilder();
        JsonFormat.parser().merge(json, value);
        return TaskShape.describe(Artifact.newBuilder()
                .setName("clients")
                .setType(type)
                .setJson(value)
                .build());
    }

    @Test
    void ofATableTheColumnsAreToldAndNothingElse() throws Exception {
        InputDescription description = described(
                "table", "{\"columns\": [{\"name\": \"age\"}, {\"name\": \"job\"}], \"rows\": [[41, \"secret\"]]}");
        assertThat(description.getColumnsList()).containsExactly("age", "job");
        assertThat(description.toString()).doesNotContain("41", "secret");
    }

    @Test
    void ofSeriesTheNamesAreToldAndNothingElse() throws Exception {
        assertThat(described("series", "{\"name\": \"load\", \"values\": [4711]}")
                        .getColumnsList())
                .containsExactly("load");
        Artifact.Builder many = Artifact.newBuilder().setName("plant").setType("series");
        for (String name : List.of("load", "oil", "")) {
            many.getItemsBuilder()
                    .addItemsBuilder()
                    .getJsonBuilder()
                    .getStructValueBuilder()
                    .putFields("name", Value.newBuilder().setStringValue(name).build());
        }
        assertThat(TaskShape.describe(many.build()).getColumnsList()).containsExactly("load", "oil");
    }

    @Test
    void aSeriesWithoutANameHasNone() throws Exception {
        assertThat(described("series", "{\"values\": [1]}").getColumnsList()).isEmpty();
        assertThat(described("series", "[1]").getColumnsList()).isEmpty();
    }

    @Test
    void nothingOfAnotherValueIsTold() throws Exception {
        assertThat(described("record", "{\"columns\": [{\"name\": \"secret\"}]}")
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void aTableThatIsNoTableHasNoColumns() throws Exception {
        assertThat(described("table", "{\"columns\": {\"name\": \"age\"}}").getColumnsList())
                .isEmpty();
        assertThat(described("table", "[1, 2]").getColumnsList()).isEmpty();
    }
}
