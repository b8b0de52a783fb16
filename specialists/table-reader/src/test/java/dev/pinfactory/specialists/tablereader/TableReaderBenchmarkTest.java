package dev.pinfactory.specialists.tablereader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.evaluation.EvaluationReport;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repeats the figures of README.md. */
class TableReaderBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void handWrittenTablesReachWhatTheReadmeSays() throws IOException {
        check(Path.of("data", "hand.jsonl"), 0.91);
    }

    @Test
    void generatedLayoutsReachWhatTheReadmeSays() throws IOException {
        Path file = folder.resolve("generated.jsonl");
        Files.write(file, new GeneratedLayouts(42).lines(400));
        check(file, 0.99);
    }

    private static void check(Path file, double floor) throws IOException {
        EvaluationReport report = new Evaluator(System.out::println)
                .run(new TableReaderEvaluation(), EvaluationData.of(file), Optional.empty());
        System.out.println(report.text());
        double f1 = Objects.requireNonNull(report.metrics().get("f1")).value();
        assertThat(report.refused()).isZero();
        assertThat(f1).isGreaterThan(floor);
        assertThat(Files.readString(Path.of("README.md"))).contains("%.1f %% (".formatted(100 * f1));
    }
}
