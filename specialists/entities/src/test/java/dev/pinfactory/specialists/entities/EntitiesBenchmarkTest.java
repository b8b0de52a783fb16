package dev.pinfactory.specialists.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json: the model that ships, through its calls, on texts of other sources than it learned from. */
@Tag("long")
class EntitiesBenchmarkTest {
    private static final Path HELD = Path.of("data", EntitiesTrainer.HELD);

    @Test
    void reachesTheReportedFigures() throws IOException {
        Map<String, Metric> metrics = new Evaluator(System.out::println)
                .run(new EntitiesEvaluation(), EvaluationData.of(HELD), Optional.empty())
                .metrics();
        System.out.println(metrics.values());
        for (Map.Entry<String, JsonNode> reported : lineage().get("metrics").properties()) {
            assertThat(metrics.get(reported.getKey()).value())
                    .as(reported.getKey())
                    .isCloseTo(reported.getValue().at("/value").asDouble(), within(0.0001));
        }
        assertThat(metrics.get("f1").value()).isGreaterThan(0.39);
        assertThat(metrics.get("ece").value()).isLessThan(0.09);
    }

    @Test
    void lineageNamesTheModelAndTheData() throws IOException {
        try (InputStream model = EntitiesTrainer.class.getResourceAsStream("model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
        assertThat(lineage().at("/data/" + EntitiesTrainer.HELD).asString())
                .isEqualTo(Digests.of(Files.readAllBytes(HELD)));
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = EntitiesTrainer.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
