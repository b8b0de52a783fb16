package dev.pinfactory.specialists.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json: the model that ships, on the questions that it has not seen. */
@Tag("long")
class IntentBenchmarkTest {
    private static final Path DATA = Path.of("data", IntentTrainer.FILE);

    @Test
    void reachesTheReportedFigures() throws IOException {
        List<LabelledText> unseen =
                IntentTrainer.split(DATA, TrainingRequest.DEFAULT_SEED).held();
        Map<String, Metric> metrics = Predictions.of(IntentTrainer.shipped(SentenceEncoder.shared()), unseen)
                .metrics();
        System.out.println("intent, seed " + TrainingRequest.DEFAULT_SEED + ": " + metrics.values());
        JsonNode reported = lineage().get("metrics");
        assertThat(metrics.get("accuracy").n())
                .isEqualTo(reported.at("/accuracy/n").asInt());
        for (String name : List.of("accuracy", "macro_f1", "ece", "brier")) {
            // Another processor rounds the encoder's sums differently; a question or two may tip over.
            assertThat(metrics.get(name).value())
                    .as(name)
                    .isCloseTo(reported.at("/" + name + "/value").asDouble(), within(0.005));
        }
        assertThat(metrics.get("accuracy").value()).isGreaterThan(0.91);
        assertThat(metrics.get("ece").value()).isLessThan(0.05);
    }

    @Test
    void lineageNamesTheModelAndTheData() throws IOException {
        try (InputStream model = IntentTrainer.class.getResourceAsStream("model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
        assertThat(lineage().at("/data/" + IntentTrainer.FILE).asString())
                .isEqualTo(Digests.of(Files.readAllBytes(DATA)));
    }

    @Test
    void callersGetTheIntentsThatWereMeasured(@TempDir Path folder) throws IOException {
        List<LabelledText> unseen =
                IntentTrainer.split(DATA, TrainingRequest.DEFAULT_SEED).held();
        JsonMapper json = new JsonMapper();
        Path file = Files.write(
                folder.resolve("unseen.jsonl"),
                unseen.stream()
                        .map(text -> json.writeValueAsString(Map.of("text", text.text(), "label", text.label())))
                        .toList());
        Map<String, Metric> served = new Evaluator(System.out::println)
                .run(new IntentEvaluation(), EvaluationData.of(file), Optional.empty())
                .metrics();

        Map<String, Metric> measured = Predictions.of(IntentTrainer.shipped(SentenceEncoder.shared()), unseen)
                .metrics();
        measured.forEach((name, metric) ->
                assertThat(served.get(name).value()).as(name).isCloseTo(metric.value(), within(1e-9)));
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = IntentTrainer.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
