package dev.pinfactory.specialists.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json: the model that ships, on the last week of the simulated transactions, which it has not seen. */
@Tag("long")
class FraudBenchmarkTest {
    @Test
    void reachesTheReportedFigures() throws IOException {
        Map<String, Metric> metrics =
                FraudTrainer.metrics(FraudTrainer.shipped(), FraudTrainer.heldBack(TrainingRequest.DEFAULT_SEED));
        System.out.println(metrics.values());
        for (String name : List.of("auc", "ap", "ece", "brier")) {
            assertThat(metrics.get(name).value())
                    .as(name)
                    .isCloseTo(lineage().at("/metrics/" + name + "/value").asDouble(), within(0.0001));
        }
        assertThat(metrics.get("ece").value()).isLessThan(0.05);
    }

    @Test
    void lineageNamesTheModel() throws IOException {
        try (InputStream model = FraudTrainer.class.getResourceAsStream("model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = FraudTrainer.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
