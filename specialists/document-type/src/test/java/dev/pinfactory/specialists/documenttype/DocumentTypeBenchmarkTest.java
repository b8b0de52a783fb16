package dev.pinfactory.specialists.documenttype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json. */
class DocumentTypeBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    @Tag("long")
    void trainingAgainGivesTheSameModelAndFigures() throws IOException {
        TrainingReport report = new DocumentTypeTrainer()
                .train(new TrainingRequest(Path.of("data"), folder, TrainingRequest.DEFAULT_SEED, System.out::println));
        assertThat(report.digest()).isEqualTo(lineage().at("/model/digest").asString());
        JsonNode figures = lineage().path("metrics");
        report.metrics()
                .forEach((name, metric) -> assertThat(metric.value())
                        .as(name)
                        .isCloseTo(figures.path(name).path("value").asDouble(), within(1e-4)));
    }

    @Test
    void handWrittenDocumentsReachWhatTheReadmeSays() throws IOException {
        double accuracy = Objects.requireNonNull(new Evaluator(System.out::println)
                        .run(
                                new DocumentTypeEvaluation(),
                                EvaluationData.of(Path.of("data", DocumentTypeTrainer.HAND)),
                                Optional.empty())
                        .metrics()
                        .get("accuracy"))
                .value();
        assertThat(accuracy).isGreaterThan(0.95);
        assertThat(accuracy)
                .isCloseTo(lineage().at("/metrics/hand_accuracy/value").asDouble(), within(1e-4));
        String readme = Files.readString(Path.of("README.md"));
        for (String part : new String[] {"hand", "real", "generated"}) {
            assertThat(readme)
                    .contains("%.1f %% ("
                            .formatted(100
                                    * lineage()
                                            .at("/metrics/" + part + "_accuracy/value")
                                            .asDouble()));
        }
    }

    @Test
    void lineageNamesTheModel() throws IOException {
        try (InputStream model = Objects.requireNonNull(DocumentTypeTrainer.class.getResourceAsStream("model.bin"))) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(DocumentTypeTrainer.class.getResourceAsStream("lineage.json"))) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
