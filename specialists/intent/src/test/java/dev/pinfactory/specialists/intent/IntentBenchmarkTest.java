package dev.pinfactory.specialists.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        for (String file : List.of(IntentTrainer.FILE, "clinc150/" + IntentTrainer.FILE)) {
            assertThat(lineage().path("data").path(file).asString())
                    .isEqualTo(Digests.of(Files.readAllBytes(Path.of("data").resolve(file))));
        }
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

    /** The README's table of questions that it should not answer. */
    @Test
    void abstainsFromMostOfWhatIsAboutSomethingElse() {
        Map<String, List<String>> requests = JsonLines.read(
                        Path.of("data", "clinc150", "dev.jsonl.gz"),
                        line -> new LabelledText(JsonLines.text(line, "text"), field(line)))
                .stream()
                .collect(Collectors.groupingBy(
                        LabelledText::label, Collectors.mapping(LabelledText::text, Collectors.toList())));
        List<String> commands =
                JsonLines.read(Path.of("..", "slots", "data", "dev.jsonl.gz"), line -> JsonLines.text(line, "text"));

        assertThat(answered(requests.get("none"), 100)).isLessThanOrEqualTo(28);
        assertThat(answered(requests.get("other"), 2_400)).isLessThanOrEqualTo(200);
        assertThat(answered(commands, 700)).isLessThanOrEqualTo(70);
        assertThat(answered(requests.get("bank"), 600)).isLessThanOrEqualTo(290);
    }

    private static String field(JsonNode line) {
        if (JsonLines.text(line, "label").equals(IntentModel.OUT_OF_SCOPE)) {
            return "none";
        }
        return Set.of("banking", "credit_cards").contains(JsonLines.text(line, "domain")) ? "bank" : "other";
    }

    private static long answered(List<String> texts, int expected) {
        assertThat(texts).hasSize(expected);
        TextClassifier classifier = IntentTrainer.shipped(SentenceEncoder.shared());
        long answered = classifier.classify(texts).stream()
                .filter(ranked -> ranked.getFirst().confidence() >= classifier.floor())
                .count();
        System.out.printf("intent: %d of %d questions about something else answered%n", answered, texts.size());
        return answered;
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = IntentTrainer.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
