package dev.pinfactory.specialists.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.faq.FaqIndex.Match;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json: the index that ships, on the questions that are not in it. */
@Tag("long")
class FaqBenchmarkTest {
    private static final Path DATA = Path.of("data");

    @Test
    void callersGetTheReportedFigures(@TempDir Path folder) throws IOException {
        List<LabelledText> unseen =
                FaqData.read(DATA, TrainingRequest.DEFAULT_SEED).questions().held();
        JsonMapper json = new JsonMapper();
        Path file = Files.write(
                folder.resolve("unseen.jsonl"),
                unseen.stream()
                        .map(text -> json.writeValueAsString(Map.of("text", text.text(), "label", text.label())))
                        .toList());
        Map<String, Metric> served = new Evaluator(System.out::println)
                .run(new FaqEvaluation(), EvaluationData.of(file), Optional.empty())
                .metrics();
        System.out.println("faq, seed " + TrainingRequest.DEFAULT_SEED + ": " + served.values());
        JsonNode reported = lineage().get("metrics");
        for (String name : List.of("accuracy", "ece", "brier")) {
            // Another processor rounds the encoder's sums differently; a question or two may tip over.
            assertThat(served.get(name).value())
                    .as(name)
                    .isCloseTo(reported.at("/" + name + "/value").asDouble(), within(0.005));
        }
        assertThat(served.get("accuracy").value()).isGreaterThan(0.92);
        assertThat(served.get("ece").value()).isLessThan(0.05);
    }

    @Test
    void abstainsOnMostOfWhatIsAboutSomethingElse() throws IOException {
        FaqModel model = FaqTrainer.shipped(SentenceEncoder.shared());
        double abstained = FaqTrainer.metrics(model, FaqData.read(DATA, TrainingRequest.DEFAULT_SEED))
                .get("elsewhere_recall")
                .value();
        assertThat(abstained)
                .isCloseTo(lineage().at("/metrics/elsewhere_recall/value").asDouble(), within(0.01));
    }

    /** Each question of the office's list, as if it were not in the index: its other wording or the answer itself has to be found. */
    @Test
    void findsAnswersThatAreKnownInOtherWords() {
        FaqData data = FaqData.read(DATA, TrainingRequest.DEFAULT_SEED);
        FaqIndex index = FaqTrainer.shipped(SentenceEncoder.shared()).index();
        List<FaqEntry> office = data.officeEntries();
        int first = data.questions().train().size();
        int best = 0;
        int shown = 0;
        for (int i = 0; i < office.size(); i++) {
            String topic = office.get(i).topic();
            List<Match> matches = index.searchWithout(first + i);
            best += matches.getFirst().entry().topic().equals(topic) ? 1 : 0;
            shown += matches.stream()
                            .limit(5)
                            .anyMatch(match -> match.entry().topic().equals(topic))
                    ? 1
                    : 0;
        }
        System.out.printf("office list: best %d, of the first five %d of %d%n", best, shown, office.size());
        assertThat(best).isGreaterThan(office.size() * 4 / 10);
        assertThat(shown).isGreaterThan(best);
    }

    /** Prints what README.md says of time. The bound is loose, for machines that are busy. */
    @Test
    void aHundredThousandEntriesAreSearchedInTime() {
        Random random = new Random(11);
        float[][] vectors = VectorIndexTest.vectors(random, 100_000);
        VectorIndex index = VectorIndex.of(vectors);
        double[] quick = new double[200];
        double[] whole = new double[200];
        for (int round = -100; round < 200; round++) {
            float[] query = VectorIndexTest.near(vectors[random.nextInt(vectors.length)], random);
            long start = System.nanoTime();
            index.nearest(query, 20);
            long middle = System.nanoTime();
            index.nearest(query, 20, true);
            if (round >= 0) {
                quick[round] = (middle - start) / 1e6;
                whole[round] = (System.nanoTime() - middle) / 1e6;
            }
        }
        Arrays.sort(quick);
        Arrays.sort(whole);
        System.out.printf(
                "100,000 entries: p50 %.2f ms, p99 %.2f ms; all compared: p50 %.2f ms, p99 %.2f ms%n",
                quick[100], quick[197], whole[100], whole[197]);
        assertThat(quick[100]).isLessThan(20);
    }

    @Test
    void lineageNamesTheModelAndTheData() throws IOException {
        try (InputStream model = FaqTrainer.class.getResourceAsStream("model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
        for (String file : FaqData.FILES) {
            assertThat(lineage().get("data").get(file).asString())
                    .isEqualTo(Digests.of(Files.readAllBytes(DATA.resolve(file))));
        }
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = FaqTrainer.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
