package dev.pinfactory.specialists.spam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json: trains again, and compares what the models of the folds say of messages they have not seen. */
@Tag("long")
class SpamBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void trainingAgainGivesTheReportedFigures() throws IOException {
        String data = System.getProperty("pinfactory.data.spam");
        assumeTrue(
                data != null,
                "the messages may not be copied here: give the directory that has train.jsonl.gz with -Dpinfactory.data.spam=DIR");
        TrainingReport report = new SpamTrainer()
                .train(new TrainingRequest(Path.of(data), folder, TrainingRequest.DEFAULT_SEED, System.out::println));
        for (String name : List.of("f1", "accuracy", "ece", "brier")) {
            assertThat(report.metrics().get(name).value())
                    .as(name)
                    .isCloseTo(lineage().at("/metrics/" + name + "/value").asDouble(), within(0.005));
        }
        assertThat(report.metrics().get("f1").value()).isGreaterThan(0.965);
        assertThat(report.metrics().get("ece").value()).isLessThan(0.05);
    }

    @Test
    void lineageNamesTheModel() throws IOException {
        try (InputStream model = SpamTrainer.class.getResourceAsStream("model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    @Test
    void theReadmeSaysWhatTheLineageSays() throws IOException {
        double f1 = lineage().at("/metrics/f1/value").asDouble();
        assertThat(Files.readString(Path.of("README.md"))).contains("| %.1f %% (".formatted(100 * f1));
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = SpamTrainer.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
