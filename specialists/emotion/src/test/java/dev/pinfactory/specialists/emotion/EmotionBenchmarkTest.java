package dev.pinfactory.specialists.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
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

/** Repeats the figures of README.md and of both lineages: trains again, and compares what the models of the folds say of messages they have not seen. */
@Tag("long")
class EmotionBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void emotionReachesTheReportedFigures() throws IOException {
        reachesTheReportedFigures(new EmotionTrainer(), "", 0.85);
    }

    @Test
    void urgencyReachesTheReportedFigures() throws IOException {
        reachesTheReportedFigures(new UrgencyTrainer(), "urgency/", 0.72);
    }

    private void reachesTheReportedFigures(SpecialistTrainer trainer, String place, double floor) throws IOException {
        TrainingReport report = trainer.train(
                new TrainingRequest(Path.of("data"), folder, TrainingRequest.DEFAULT_SEED, System.out::println));
        JsonNode lineage = lineage(place);
        for (String name : List.of("accuracy", "macro_f1", "ece", "brier")) {
            System.out.println(trainer.name() + " " + report.metrics().get(name));
            // Another processor rounds the encoder's sums differently; a message or two may tip over.
            assertThat(report.metrics().get(name).value())
                    .as(name)
                    .isCloseTo(lineage.at("/metrics/" + name + "/value").asDouble(), within(0.01));
        }
        assertThat(report.metrics().get("macro_f1").value()).isGreaterThan(floor);
        try (InputStream model = EmotionTrainer.class.getResourceAsStream(place + "model.bin")) {
            assertThat(lineage.at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    private static JsonNode lineage(String place) throws IOException {
        try (InputStream stream = EmotionTrainer.class.getResourceAsStream(place + "lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
