package dev.pinfactory.specialists.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json. */
class DedupeBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    @Tag("long")
    void trainingAgainGivesTheSameModelAndFigures() throws IOException {
        TrainingReport report = new DedupeTrainer()
                .train(new TrainingRequest(Path.of("data"), folder, TrainingRequest.DEFAULT_SEED, System.out::println));
        assertThat(report.digest()).isEqualTo(lineage().at("/model/digest").asString());
        for (String name : List.of("f1", "precision", "recall", "ece", "brier")) {
            assertThat(Objects.requireNonNull(report.metrics().get(name)).value())
                    .as(name)
                    .isCloseTo(lineage().at("/metrics/" + name + "/value").asDouble(), within(1e-4));
        }
        assertThat(Objects.requireNonNull(report.metrics().get("f1")).value()).isGreaterThan(0.87);
        assertThat(Objects.requireNonNull(report.metrics().get("ece")).value()).isLessThan(0.05);
    }

    @Test
    void handWrittenTablesReachWhatTheReadmeSays() throws IOException {
        Map<String, Metric> metrics = new Evaluator(System.out::println)
                .run(new DedupeEvaluation(), EvaluationData.of(Path.of("data", "hand.jsonl")), Optional.empty())
                .metrics();
        double f1 = Objects.requireNonNull(metrics.get("f1")).value();
        assertThat(f1).isGreaterThan(0.8);
        assertThat(Objects.requireNonNull(metrics.get("precision")).value()).isGreaterThan(0.78);
        assertThat(Files.readString(Path.of("README.md")))
                .contains("%.1f %% (".formatted(100 * f1))
                .contains("%.1f %% ("
                        .formatted(100 * lineage().at("/metrics/f1/value").asDouble()));
    }

    @Test
    void lineageNamesTheModel() throws IOException {
        try (InputStream model = Objects.requireNonNull(DedupeTrainer.class.getResourceAsStream("model.bin"))) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = Objects.requireNonNull(DedupeTrainer.class.getResourceAsStream("lineage.json"))) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
