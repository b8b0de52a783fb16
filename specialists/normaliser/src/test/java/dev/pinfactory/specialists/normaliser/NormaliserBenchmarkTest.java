package dev.pinfactory.specialists.normaliser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.evaluation.EvaluationReport;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repeats the figures of README.md. */
class NormaliserBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"dev.jsonl, 0.97", "test.jsonl, 0.97", "hard.jsonl, 0.88"})
    void reachesWhatTheReadmeSays(String file, double floor) throws IOException {
        EvaluationReport report = new Evaluator(System.out::println)
                .run(new NormaliserEvaluation(), EvaluationData.of(Path.of("data", file)), Optional.empty());
        System.out.println(report.text());
        assertThat(report.refused()).isZero();
        assertThat(report.metrics().get("f1").value()).isGreaterThan(floor);
        assertThat(Files.readString(Path.of("README.md")))
                .contains("%.1f %% (".formatted(100 * report.metrics().get("f1").value()))
                .contains("%.4f".formatted(report.metrics().get("brier").value()));
    }
}
