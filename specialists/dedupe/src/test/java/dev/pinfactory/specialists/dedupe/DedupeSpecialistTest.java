package dev.pinfactory.specialists.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.TableRows;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DedupeSpecialistTest extends SpecialistBeanContract {
    private static final List<String> COLUMNS = List.of("name", "street", "city");
    private static final List<Row> CUSTOMERS = List.of(
            row("Anna Keller", "Hafenweg 12", "Bremen"),
            row("Peter Lang", "Am Markt 3", "Kiel"),
            row("KELLER, Anna", "Hafenweg 12", "BREMEN"),
            row("Paul Zimmermann", "Lindenallee 40", "Bonn"),
            row("Anna Kelller", "Hafenweg 12", "Bremen"),
            row("Mia Sommer", "Bachgasse 9", "Linz"));

    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream stream = Objects.requireNonNull(DedupeSpecialist.class.getResourceAsStream("model.bin"))) {
            model = new DedupeSpecialist().load(ModelSource.of(stream));
        }
    }

    @Override
    protected Object specialist() {
        return new DedupeSpecialist();
    }

    @Test
    void rowsThatDenoteOneCustomerAreOneGroup() {
        Answered answered = (Answered) infer(CUSTOMERS, Map.of());
        assertThat(cells(answered, 0, 1)).containsExactly(0.0, 2.0, 4.0);
        assertThat(cells(answered, 0, 0)).containsOnly(0.0);
        assertThat(cells(answered, 1, 2)).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void onlyTheColumnsThatAreNamedAreCompared() {
        Answered answered = (Answered) infer(
                List.of(
                        row("Anna Keller", "Hafenweg 12", "Bremen"),
                        row("Anna Keller", "Am Ring 99", "Kiel"),
                        CUSTOMERS.get(3)),
                Map.of("columns", text("name")));
        assertThat(cells(answered, 0, 1)).containsExactly(0.0, 1.0);
    }

    @Test
    void equalRowsAreOneGroupHoweverMany() {
        List<Row> rows = new ArrayList<>(Collections.nCopies(5_000, CUSTOMERS.get(0)));
        rows.add(CUSTOMERS.get(3));
        assertThat(cells((Answered) infer(rows, Map.of()), 0, 1)).hasSize(5_000);
    }

    @Test
    void aTableWithoutDuplicatesHasNoGroups() {
        assertThat(cells(
                        (Answered) infer(List.of(CUSTOMERS.get(0), CUSTOMERS.get(1), CUSTOMERS.get(3)), Map.of()),
                        0,
                        1))
                .isEmpty();
    }

    @Test
    void oneRowIsNothingToCompare() {
        assertThat(((Abstained) infer(CUSTOMERS.subList(0, 1), Map.of())).reason())
                .contains("two are the least");
    }

    @Test
    void wrongParametersAreTheCallersFault() {
        assertThat(((Failed) infer(CUSTOMERS, Map.of("columns", text("nam")))).detail())
                .contains("'columns' names 'nam'");
        assertThat(((Failed) infer(CUSTOMERS, Map.of("threshold", number(1.5)))).detail())
                .contains("'threshold'");
    }

    @Test
    void tenThousandRowsStayBounded() {
        List<Row> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (LabelledTable table : new GeneratedTables(Vocabulary.JUDGING, Corruption.TYPING, 3).make(240, 400)) {
            rows.addAll(table.rows());
            table.columns().stream().filter(column -> !columns.contains(column)).forEach(columns::add);
        }
        List<Row> most = rows.subList(0, DedupeSpecialist.MOST_ROWS);
        Assertions.assertTimeout(
                Duration.ofSeconds(60),
                () -> model.infer(List.of(Inference.of(TableRows.artifact("table", columns, most)))));
    }

    private static InferenceResult infer(List<Row> rows, Map<String, Value> parameters) {
        return model.infer(List.of(Inference.of(List.of(TableRows.artifact("table", COLUMNS, rows)), parameters)))
                .getFirst();
    }

    private static List<Double> cells(Answered answered, int output, int column) {
        return answered
                .outputs()
                .get(output)
                .getJson()
                .getStructValue()
                .getFieldsOrThrow("rows")
                .getListValue()
                .getValuesList()
                .stream()
                .map(row -> row.getListValue().getValues(column).getNumberValue())
                .toList();
    }

    private static Row row(String name, String street, String city) {
        return new Row(Map.of("name", name, "street", street, "city", city));
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }
}
