package dev.pinfactory.specialists.intent;

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

/** Holds the README to the model that ships, on the questions that it has not learnt from; the floor was chosen on these. */
@Tag("long")
class AssistantIntentBenchmarkTest {
    private static final Path DATA = Path.of("data", "clinc150");

    @Test
    void reachesTheReportedFigures() throws IOException {
        Map<String, Metric> metrics = new Evaluator(System.out::println)
                .run(new AssistantIntentEvaluation(), EvaluationData.of(DATA.resolve("dev.jsonl.gz")), Optional.empty())
                .metrics();
        System.out.println("intent-clinc150, the floor chosen on the same questions: " + metrics.values());
        JsonNode reported = lineage().get("metrics");
        // Those of the lineage are with each half's floor chosen on the other half, so they are near and not the same.
        for (String name : new String[] {"accuracy", "oos_recall", "overall_accuracy"}) {
            assertThat(metrics.get(name).value())
                    .as(name)
                    .isCloseTo(reported.at("/" + name + "/value").asDouble(), within(0.02));
        }
        assertThat(metrics.get("accuracy").value()).isGreaterThan(0.94);
        assertThat(metrics.get("oos_recall").value()).isGreaterThan(0.80);
        assertThat(metrics.get("ece").value()).isLessThan(0.05);
    }

    @Test
    void lineageNamesTheModelAndTheData() throws IOException {
        try (InputStream model = AssistantIntentTrainer.class.getResourceAsStream("clinc150/model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
        for (String file : new String[] {"train.jsonl.gz", "dev.jsonl.gz"}) {
            assertThat(lineage().at("/data/" + file).asString())
                    .isEqualTo(Digests.of(Files.readAllBytes(DATA.resolve(file))));
        }
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = AssistantIntentTrainer.class.getResourceAsStream("clinc150/lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
