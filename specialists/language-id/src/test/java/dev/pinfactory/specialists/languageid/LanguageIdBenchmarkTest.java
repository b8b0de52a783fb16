package dev.pinfactory.specialists.languageid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.Metric;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json: the model that ships, on the texts that it has not seen. */
@Tag("long")
class LanguageIdBenchmarkTest {
    private static final Path DATA = Path.of("data", LanguageIdTrainer.FILE);

    /** Languages that have their script for themselves among the 79. */
    private static final Set<String> OWN_SCRIPT =
            Set.of("el", "ka", "hy", "th", "ko", "he", "ta", "te", "gu", "pa", "bn", "si");

    private static LanguageModel model;
    private static List<LanguageText> unseen;

    @BeforeAll
    static void load() {
        model = LanguageIdSpecialist.shipped();
        unseen = LanguageIdTrainer.Parts.of(DATA, TrainingRequest.DEFAULT_SEED).validation();
    }

    @Test
    void reachesTheReportedFigures() throws IOException {
        Map<String, Metric> metrics = LanguageIdTrainer.measure(model, unseen);
        System.out.println("language-id, seed " + TrainingRequest.DEFAULT_SEED + ": " + metrics.values());
        JsonNode reported = lineage().get("metrics");
        metrics.forEach((name, metric) -> {
            assertThat(metric.value())
                    .as(name)
                    .isCloseTo(reported.at("/" + name + "/value").asDouble(), within(1e-4));
            assertThat(metric.n())
                    .as(name)
                    .isEqualTo(reported.at("/" + name + "/n").asInt());
        });
        assertThat(metrics.get("sentence_accuracy").value()).isGreaterThan(0.97);
        assertThat(metrics.get("ece").value()).isLessThan(0.05);
    }

    @Test
    void sentencesInAScriptOfOneLanguageAreAlwaysRight() {
        List<LanguageText> sentences = unseen.stream()
                .filter(text -> text.kind().equals("sentence") && OWN_SCRIPT.contains(text.language()))
                .toList();
        assertThat(sentences).hasSizeGreaterThan(200);
        assertThat(sentences)
                .allSatisfy(text -> assertThat(
                                model.identify(text.text()).getFirst().label())
                        .isEqualTo(text.language()));
    }

    @Test
    void theModelIsSmall() throws IOException {
        assertThat(lineage().at("/model/bytes").asLong()).isLessThan(5_000_000);
    }

    @Test
    void lineageNamesTheModelAndTheData() throws IOException {
        try (InputStream stream = LanguageModel.class.getResourceAsStream("model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(stream.readAllBytes()));
        }
        assertThat(lineage().at("/data/" + LanguageIdTrainer.FILE).asString())
                .isEqualTo(Digests.of(Files.readAllBytes(DATA)));
    }

    @Test
    void callersGetTheLanguagesThatWereMeasured(@TempDir Path folder) throws IOException {
        JsonMapper json = new JsonMapper();
        List<String> lines = unseen.stream()
                .map(text -> json.writeValueAsString(
                        Map.of("text", text.text(), "label", text.language(), "kind", text.kind())))
                .toList();
        Path file = Files.write(folder.resolve("unseen.jsonl"), lines);
        Map<String, Metric> served = new Evaluator(System.out::println)
                .run(new LanguageIdEvaluation(), EvaluationData.of(file), Optional.empty())
                .metrics();

        Map<String, Metric> measured = LanguageIdTrainer.measure(model, unseen);
        // An average over languages and not over texts, of which some languages have fewer.
        assertThat(served.get("word_accuracy").value())
                .isCloseTo(measured.get("word_accuracy").value(), within(0.005));
        assertThat(served.get("pair_accuracy").value())
                .isCloseTo(measured.get("word_pair_accuracy").value(), within(0.005));
        assertThat(served.get("sentence_accuracy").value())
                .isCloseTo(measured.get("sentence_accuracy").value(), within(0.005));
        // Callers get no guess for a text without letters.
        assertThat(served.get("ece").value()).isCloseTo(measured.get("ece").value(), within(0.001));
        assertThat(served.get("brier").value()).isCloseTo(measured.get("brier").value(), within(0.001));
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = LanguageModel.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
