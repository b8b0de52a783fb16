package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Repeats the README's figures. */
@Tag("long")
class OcrBenchmarkTest {
    @Test
    void reachesTheFiguresOfTheReadme() {
        String data = System.getProperty("pinfactory.data.ocr");
        assumeTrue(
                data != null,
                "forty images are too many to keep here: give receipts_sroie's train.jsonl.gz with -Dpinfactory.data.ocr=FILE");

        Map<String, Metric> metrics = new Evaluator(System.out::println)
                .run(new OcrEvaluation(), EvaluationData.of(Path.of(data)), Optional.empty())
                .metrics();

        assertThat(metrics.get("recall").value()).isGreaterThan(0.93);
        assertThat(metrics.get("precision").value()).isGreaterThan(0.925);
        assertThat(metrics.get("f1").value()).isGreaterThan(0.72);
    }
}
