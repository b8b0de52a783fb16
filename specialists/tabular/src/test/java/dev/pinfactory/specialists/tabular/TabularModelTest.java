package dev.pinfactory.specialists.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Struct;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TabularModelTest {
    private static final TabularSettings SETTINGS = new TabularSettings(7, 0.1, 10, 1, 1, 1, 60, 3, 1);

    private static List<LabelledRow> rows;
    private static TabularTrainer.Trained trained;

    /** It happens to the hot and old, nine times of ten; colour and key say nothing. */
    @BeforeAll
    static void train() {
        Random random = new Random(7);
        rows = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            double heat = random.nextInt(100);
            String age = random.nextBoolean() ? "old" : "new";
            boolean expected = heat > 60 && age.equals("old");
            Map<String, Object> cells = new HashMap<>(
                    Map.of("heat", heat, "age", age, "colour", random.nextBoolean() ? "red" : "blue", "key", "k" + i));
            if (random.nextInt(10) == 0) {
                cells.remove("colour");
            }
            rows.add(new LabelledRow(new Row(cells), Optional.of(random.nextInt(10) == 0 ? !expected : expected)));
        }
        trained = new TabularTrainer(SETTINGS, 1, line -> {}).train(rows);
    }

    @Test
    void probabilitiesMeanWhatTheySay() {
        assertThat(mean(65, 95, "old")).isCloseTo(0.9, within(0.07));
        assertThat(mean(65, 95, "new")).isCloseTo(0.1, within(0.07));
        assertThat(mean(5, 55, "old")).isCloseTo(0.1, within(0.07));
    }

    @Test
    void reasonsNameTheColumnsThatDecide() {
        List<TabularModel.Reason> reasons =
                trained.model().reasons(new Row(Map.of("heat", 90.0, "age", "old", "colour", "red")), 2);
        assertThat(reasons).extracting(TabularModel.Reason::column).containsExactlyInAnyOrder("heat", "age");
        assertThat(reasons).allMatch(reason -> reason.logOdds() > 0.5);
    }

    @Test
    void aColumnWhoseWordsHardlyRepeatIsNotLearned() {
        assertThat(trained.model().columnNames()).doesNotContain("key").contains("heat", "age");
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        byte[] again =
                new TabularTrainer(SETTINGS, 1, line -> {}).train(rows).model().bytes("test");
        assertThat(again).isEqualTo(trained.model().bytes("test"));
    }

    @Test
    void aModelReadBackGivesTheSameProbabilities() throws IOException {
        TabularModel read = read(trained.model().bytes("test"));
        for (LabelledRow row : rows.subList(0, 100)) {
            assertThat(read.probability(row.row())).isEqualTo(trained.model().probability(row.row()));
        }
    }

    @Test
    void aDamagedModelIsRefused() {
        byte[] bytes = trained.model().bytes("test");
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length / 2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void aRowOfWhichLittleIsKnownGetsNoScore() {
        InferenceResult.Answered answered = (InferenceResult.Answered) infer(TableRows.artifact(
                "table",
                List.of("heat", "age"),
                List.of(new Row(Map.of("heat", 90.0, "age", "old")), new Row(Map.of("colour", "red")))));
        Struct table = answered.outputs().getFirst().getJson().getStructValue();
        assertThat(ScoreTable.score(table, 0)).isPresent();
        assertThat(ScoreTable.score(table, 1)).isEmpty();
        assertThat(answered.outputs().getFirst().getLeaves(1).getConfidence()).isZero();
    }

    @Test
    void aDecimalCommaIsTheCallersFaultAndNoHole() {
        InferenceResult.Failed failed = (InferenceResult.Failed) infer(TableRows.artifact(
                "table",
                List.of("heat", "age"),
                List.of(new Row(Map.of("heat", "90.0", "age", "old")), new Row(Map.of("heat", "55,5", "age", "new")))));
        assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(failed.detail())
                .isEqualTo("'table', row 1: the column 'heat' has '55,5'; expected a number with a decimal point");

        assertThat(infer(TableRows.artifact(
                        "table", List.of("heat", "age"), List.of(new Row(Map.of("heat", "n/a", "age", "old"))))))
                .isNotInstanceOf(InferenceResult.Failed.class);
    }

    @Test
    void aTableWithOtherColumnsIsAnAbstentionThatNamesTheColumns() {
        InferenceResult.Abstained abstained = (InferenceResult.Abstained)
                infer(TableRows.artifact("table", List.of("price"), List.of(new Row(Map.of("price", 3.0)))));
        assertThat(abstained.reason()).contains("heat").contains("age");
    }

    @Test
    void aRowOfAnotherLengthIsTheCallersFault() {
        Artifact.Builder table =
                TableRows.artifact("table", List.of("heat"), List.of(new Row(Map.of("heat", 3.0)))).toBuilder();
        Artifact wider = TableRows.artifact("table", List.of("heat", "age"), List.of());
        table.getJsonBuilder()
                .getStructValueBuilder()
                .putFields("columns", wider.getJson().getStructValue().getFieldsOrThrow("columns"));
        InferenceResult.Failed failed = (InferenceResult.Failed) infer(table.build());
        assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(failed.detail()).contains("'table' has 1 cells in row 0, expected 2");
    }

    private static InferenceResult infer(Artifact table) {
        return new RowScorer(trained.model(), UnaryOperator.identity())
                .infer(List.of(Inference.of(table)))
                .getFirst();
    }

    private static TabularModel read(byte[] bytes) throws IOException {
        return TabularModel.read(new ByteArrayInputStream(bytes), "test");
    }

    /** Over many rows: the few rows of one degree of heat are too few to learn a tenth from. */
    private static double mean(int from, int to, String age) {
        return IntStream.range(from, to)
                .mapToDouble(heat -> trained.model().probability(new Row(Map.of("heat", (double) heat, "age", age))))
                .average()
                .orElseThrow();
    }
}
