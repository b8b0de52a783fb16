package dev.pinfactory.specialists.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json: trains again, and compares what the models of the folds say of sentences they have not seen. */
@Tag("long")
class SentimentBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void trainingAgainGivesTheReportedFigures() throws IOException {
        String data = System.getProperty("pinfactory.data");
        assumeTrue(
                data != null, "the sentences may not be copied here: give their directory with -Dpinfactory.data=DIR");
        TrainingReport report = new SentimentTrainer()
                .train(new TrainingRequest(Path.of(data), folder, TrainingRequest.DEFAULT_SEED, System.out::println));
        JsonNode reported = lineage().get("metrics");
        for (String name : List.of("accuracy", "macro_f1", "ece", "brier")) {
            Metric metric = report.metrics().get(name);
            System.out.println(metric);
            assertThat(metric.value())
                    .as(name)
                    .isCloseTo(reported.at("/" + name + "/value").asDouble(), within(0.005));
        }
        assertThat(report.metrics().get("accuracy").value()).isGreaterThan(0.94);
    }

    @Test
    void lineageNamesTheModel() throws IOException {
        try (InputStream model = SentimentTrainer.class.getResourceAsStream("model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = SentimentTrainer.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
