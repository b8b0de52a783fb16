package dev.pinfactory.specialists.tablereader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderSpecialistTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new TableReaderSpecialist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name;amount\nAnna;1.250,50\nBen;3,00",
                "| name | amount |\n|---|---|\n| Anna | 1250.5 |\n| Ben | 3 |",
                "name\tamount\nAnna\t1250.50\nBen\t3.00",
                "See below.\n\nname       amount\nAnna     1,250.50\nBen          3.00\n\nBye",
            })
    void readsTheSameTableInManyLayouts(String text) {
        Struct table = table(infer(text, ""));
        assertThat(table.getFieldsOrThrow("columns").getListValue().getValuesList())
                .extracting(column ->
                        column.getStructValue().getFieldsOrThrow("name").getStringValue())
                .containsExactly("name", "amount");
        assertThat(cell(table, 0, 0).getStringValue()).isEqualTo("Anna");
        assertThat(cell(table, 0, 1).getNumberValue()).isEqualTo(1250.5);
        assertThat(cell(table, 1, 1).getNumberValue()).isEqualTo(3);
    }

    @Test
    void boxesDecideWhereATextHasThem() {
        Artifact.Builder text =
                Artifact.newBuilder().setName("text").setType("text").setText("Qty\nItem\n2\nLamp\nChair");
        segment(text, 0, 3, 200, 10);
        segment(text, 4, 8, 10, 12);
        segment(text, 9, 10, 205, 40);
        segment(text, 11, 15, 10, 41);
        segment(text, 16, 21, 10, 70);
        Answered answered = (Answered) infer(text.build(), Map.of());
        Struct table = table(answered);
        assertThat(cell(table, 0, 0).getStringValue()).isEqualTo("Lamp");
        assertThat(cell(table, 0, 1).getNumberValue()).isEqualTo(2);
        assertThat(answered.outputs()
                        .getFirst()
                        .getLeaves(0)
                        .getEvidence(0)
                        .getSpan()
                        .getStart())
                .isEqualTo(9);
    }

    @Test
    void codesWithLeadingZerosStayText() {
        Struct table = table(infer("code;city\n00417;Oslo\n00418;Graz", ""));
        assertThat(cell(table, 0, 0).getStringValue()).isEqualTo("00417");
    }

    @Test
    void theCallerCanSayThatThereIsNoHeader() {
        Struct table = table(infer("Anna;Oslo\nBen;Graz", "no"));
        assertThat(table.getFieldsOrThrow("rows").getListValue().getValuesCount())
                .isEqualTo(2);
    }

    @Test
    void namesOfColumnsAreToldApart() {
        Struct table = table(infer("a;a;\n1;2;3", "yes"));
        assertThat(table.getFieldsOrThrow("columns").getListValue().getValuesList())
                .extracting(column ->
                        column.getStructValue().getFieldsOrThrow("name").getStringValue())
                .containsExactly("a", "a 2", "column3");
    }

    @Test
    void proseHasNoTable() {
        assertThat(infer("We met, talked, and left.\nIt rained, and we went, at last, home.", ""))
                .isInstanceOf(Abstained.class);
    }

    @Test
    void wrongInputsNameTheField() {
        assertThat(((Failed) infer("a;b\n1;2", "maybe")).detail()).contains("'header'");
        Artifact.Builder text =
                Artifact.newBuilder().setName("text").setType("text").setText("short");
        segment(text, 0, 99, 0, 0);
        assertThat(((Failed) infer(text.build(), Map.of())).detail()).contains("text.segments");
    }

    @Test
    void aLargeTextIsReadQuickly() {
        for (String line : List.of("a  b  c\n", "\"\"\"\";\n", "| | | |\n", ",,,,,,,,\n", "-+-+-+\n")) {
            String text = line.repeat(480_000 / line.length());
            Assertions.assertTimeout(Duration.ofSeconds(10), () -> infer(text, ""), line);
        }
    }

    private static void segment(Artifact.Builder text, int start, int end, double left, double top) {
        text.addSegments(Segment.newBuilder()
                .setStart(start)
                .setEnd(end)
                .setPage(1)
                .setBox(Box.newBuilder()
                        .setLeft(left)
                        .setTop(top)
                        .setRight(left + 10 * (end - start))
                        .setBottom(top + 18)));
    }

    private static InferenceResult infer(String text, String header) {
        Artifact input = Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .build();
        return infer(
                input,
                Map.of("header", Value.newBuilder().setStringValue(header).build()));
    }

    private static InferenceResult infer(Artifact text, Map<String, Value> parameters) {
        return new TableReaderSpecialist()
                .infer(List.of(Inference.of(List.of(text), parameters)))
                .getFirst();
    }

    private static Struct table(InferenceResult result) {
        return ((Answered) result).outputs().getFirst().getJson().getStructValue();
    }

    private static Value cell(Struct table, int row, int column) {
        return table.getFieldsOrThrow("rows")
                .getListValue()
                .getValues(row)
                .getListValue()
                .getValues(column);
    }
}
