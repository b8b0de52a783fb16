package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.proto.digest.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Train train;

    @BeforeEach
    void writeData() throws IOException {
        train = new Train(
                List.of(new TestingTrainer("testing"), new TestingTrainer("testing-other")),
                folder,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("train.jsonl"), """
                {"text":"red apple","label":"fruit"}
                {"text":"green pear","label":"fruit"}
                {"text":"fast car","label":"vehicle"}
                {"text":"slow bus","label":"vehicle"}
                """);
    }

    @Test
    void writesModelAndLineage() throws IOException {
        Path target = folder.resolve("out");
        assertThat(train.run("testing", "--data", folder.toString(), "--out", target.toString(), "--seed", "7"))
                .isZero();
        byte[] model = Files.readAllBytes(target.resolve("model.bin"));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(Digests.of(model), "accuracy");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("4 texts");
        JsonNode lineage = new JsonMapper().readTree(Files.readString(target.resolve("lineage.json")));
        assertThat(lineage.at("/model/digest").asString()).isEqualTo(Digests.of(model));
        assertThat(lineage.at("/data/train.jsonl").asString())
                .isEqualTo(Digests.of(Files.readAllBytes(folder.resolve("train.jsonl"))));
        assertThat(lineage.at("/seed").asInt()).isEqualTo(7);
        assertThat(lineage.at("/settings/cost").asInt()).isEqualTo(1);
        assertThat(lineage.at("/libraries/liblinear").asString()).isEqualTo("2.44");
        assertThat(lineage.at("/metrics/accuracy/n").asInt()).isEqualTo(4);
        Metric accuracy = new TestingTrainer("testing")
                .evaluate(folder.resolve("train.jsonl"))
                .get("accuracy");
        assertThat(lineage.at("/metrics/accuracy/value").asDouble()).isEqualTo(accuracy.value());
        assertThat(lineage.at("/jvm").asString()).startsWith("25");
        assertThat(Files.list(target)).hasSize(2);
    }

    @Test
    void theSameSeedGivesTheSameDigest() throws IOException {
        for (String name : List.of("one", "two")) {
            train.run(
                    "testing",
                    "--data",
                    folder.toString(),
                    "--out",
                    folder.resolve(name).toString());
        }
        assertThat(folder.resolve("one/model.bin")).hasSameBinaryContentAs(folder.resolve("two/model.bin"));
    }

    @Test
    void inASourceTreeTheModelTakesThePlaceOfTheOneThatShips() throws IOException {
        Path shipped = Files.createDirectories(folder.resolve("specialists/testing/src/main/resources/"
                + Train.class.getPackageName().replace('.', '/')));
        assertThat(train.run("testing", "--data", folder.toString())).isZero();
        assertThat(shipped.resolve("model.bin")).exists();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("before");

        train.run("testing", "--data", folder.toString());
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("the same as before");
        train.run(
                "testing",
                "--data",
                folder.toString(),
                "--out",
                folder.resolve("elsewhere").toString());
        assertThat(folder.resolve("elsewhere/model.bin")).hasSameBinaryContentAs(shipped.resolve("model.bin"));
    }

    @Test
    void allAreTrainedAndDataSetsAreFoundByTheirFolders() throws IOException {
        Files.createDirectories(folder.resolve("sets/words"));
        Files.move(folder.resolve("train.jsonl"), folder.resolve("sets/words/train.jsonl"));
        assertThat(train.run(
                        "--all",
                        "--data",
                        folder.resolve("sets").toString(),
                        "--out",
                        folder.resolve("out").toString()))
                .isZero();
        assertThat(folder.resolve("out/testing/model.bin")).exists();
        assertThat(folder.resolve("out/testing-other/lineage.json")).exists();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("testing: took", "all of them took");
    }

    @Test
    void dataForMeasuringOnlyMakesNoModelThatShips() throws IOException {
        Path sets = Files.createDirectories(folder.resolve("sets"));
        Files.createDirectories(sets.resolve("measuring"));
        Files.copy(folder.resolve("train.jsonl"), sets.resolve("measuring/train.jsonl"));
        assertThat(train.run("testing", "--data", sets.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("measuring is for measuring only: say with --out");

        assertThat(train.run(
                        "testing",
                        "--data",
                        sets.toString(),
                        "--out",
                        folder.resolve("out").toString()))
                .isZero();
        assertThat(folder.resolve("out/model.bin")).exists();
        assertThat(train.run("--all", "--data", sets.toString())).isEqualTo(2);
    }

    @Test
    void aLabelSetIsTrainedByTheNameOfItsModel() {
        assertThat(train.run(
                        "testing",
                        "--model",
                        "other",
                        "--data",
                        folder.toString(),
                        "--out",
                        folder.resolve("out").toString()))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("testing-other:");
    }

    @Test
    void dataThatIsNotInTheProjectIsAskedFor() {
        assertThat(train.run("testing")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no file", "--data DIR, where DIR holds words/");
    }

    @Test
    void wrongUseEndsWithTwo() {
        assertThat(train.run()).isEqualTo(2);
        assertThat(train.run("nobody")).isEqualTo(2);
        assertThat(train.run("testing", "--all")).isEqualTo(2);
        assertThat(train.run("testing", "--depth", "3")).isEqualTo(2);
        assertThat(train.run("testing", "--data")).isEqualTo(2);
        assertThat(train.run("testing", "--seed", "many")).isEqualTo(2);
        assertThat(train.run("testing", "--data", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "no specialist 'nobody' to train; there are testing, testing-other",
                        "which specialist?",
                        "no option '--depth'",
                        "--data wants a value",
                        "'many'",
                        "there is no directory");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void helpNamesTheTrainers() {
        assertThat(train.run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("usage: train NAME|--all", "testing");
    }

    /** Learns two labels from words. */
    private record TestingTrainer(String name) implements SpecialistTrainer {
        private static final NgramFeatures FEATURES = new NgramFeatures(new NgramSettings(1, 1, 0, 8));

        @Override
        public Optional<String> dataSet() {
            return Optional.of("words");
        }

        @Override
        public Optional<String> measuringSet() {
            return Optional.of("measuring");
        }

        @Override
        public Path defaultData() {
            return Path.of("nowhere");
        }

        @Override
        public TrainingReport train(TrainingRequest request) {
            Path file = request.data().resolve("train.jsonl");
            List<LabelledText> texts = LabelledText.read(file);
            request.progress().accept(texts.size() + " texts");
            LinearModel model = learn(texts, request.seed());
            return TrainingOutput.write(
                    request,
                    new Lineage.Origin(
                            TestingTrainer.class, List.of(file), Map.of("cost", 1), Map.of("liblinear", "2.44")),
                    ModelFile.write("testing", 1, model::write),
                    measure(model, texts));
        }

        /** It comes with no model, so it learns from the file first. */
        @Override
        public Map<String, Metric> evaluate(Path file) {
            List<LabelledText> texts = LabelledText.read(file);
            return measure(learn(texts, TrainingRequest.DEFAULT_SEED), texts);
        }

        private static LinearModel learn(List<LabelledText> texts, long seed) {
            return new LinearTrainer(SolverType.L2R_L2LOSS_SVC_DUAL, 1, 1, seed)
                    .train(
                            texts.stream()
                                    .map(text -> FEATURES.count(text.text()))
                                    .toList(),
                            texts.stream().map(LabelledText::label).toList(),
                            256);
        }

        private static Map<String, Metric> measure(LinearModel model, List<LabelledText> texts) {
            return new Predictions(texts.stream()
                            .map(text -> new Predictions.Prediction(text.label(), best(model, text.text()), 1))
                            .toList())
                    .metrics();
        }

        private static String best(LinearModel model, String text) {
            double[] scores = model.scores(FEATURES.count(text));
            return IntStream.range(0, scores.length)
                    .boxed()
                    .max(Comparator.comparingDouble(label -> scores[label]))
                    .map(model.labels()::get)
                    .orElseThrow();
        }
    }
}
