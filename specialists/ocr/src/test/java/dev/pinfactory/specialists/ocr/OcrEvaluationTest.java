package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.specialists.evaluation.EvaluationReport;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two receipts that ship, through what serves them. The figures of the README are of forty: {@link OcrBenchmarkTest}. */
class OcrEvaluationTest {
    private static final Path RECEIPTS = Path.of("src/test/resources/dev/pinfactory/specialists/ocr/receipts");

    @Test
    void countsWordsAndTheFieldsThatAreThenFound() {
        EvaluationReport report = run(RECEIPTS);

        assertThat(report.known()).isEqualTo(2);
        assertThat(report.metrics().get("recall").value()).isGreaterThan(0.9);
        assertThat(report.metrics().get("precision").value()).isGreaterThan(0.9);
        assertThat(report.metrics().get("date_f1").value()).isEqualTo(1);
        assertThat(report.metrics().get("total_f1").value()).isEqualTo(1);
        assertThat(report.metrics()).containsKeys("f1", "cpu_seconds");
    }

    @Test
    void imagesAloneGiveTheSamePredictions() {
        EvaluationReport bare = run(RECEIPTS.resolve("images"));

        assertThat(bare.known()).isZero();
        assertThat(bare.predictions())
                .isEqualTo(run(RECEIPTS.resolve("receipts.jsonl")).predictions());
    }

    @Test
    void saysWhereThereAreNoImages(@TempDir Path empty) {
        assertThatThrownBy(() -> OcrData.read(empty))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no images");
    }

    @Test
    void wordsCountAsOftenAsTheyAreThere() {
        assertThat(WordCount.of("Tea 2.50 tea", "TEA 2:50 TEAM")).isEqualTo(new WordCount(4, 4, 3));
    }

    private static EvaluationReport run(Path data) {
        return new Evaluator(line -> {}).run(new OcrEvaluation(), EvaluationData.of(data), Optional.empty());
    }
}
