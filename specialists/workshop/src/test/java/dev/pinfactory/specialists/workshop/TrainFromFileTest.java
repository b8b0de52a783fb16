package dev.pinfactory.specialists.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.workshop.TestingFiles.Said;
import dev.pinfactory.specialists.workshop.serving.ArtifactFolder;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import dev.pinfactory.specialists.workshop.serving.TextLabeller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real training on small files, from the command line's words to the folder. */
class TrainFromFileTest {
    @TempDir
    Path directory;

    private Said train(Path file, String type, String label, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--from",
                file.toString(),
                "--type",
                type,
                "--label",
                label,
                "--name",
                "test-one",
                "--out",
                out().toString()));
        arguments.addAll(List.of(more));
        return TestingFiles.train(new TestingEncoder(), arguments.toArray(String[]::new));
    }

    private record Trained(Said said, JsonNode figures) {}

    /** As it should go, with its figures. */
    private Trained trained(Path file, String type, String label, String... more) throws IOException {
        Path json = directory.resolve("figures.json");
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--json", json.toString()));
        Said said = train(file, type, label, options.toArray(String[]::new));
        assertThat(said.code()).as(said.err()).isZero();
        return new Trained(said, figures(json));
    }

    private Path out() {
        return directory.resolve("out");
    }

    private Document report() throws IOException {
        return Jsoup.parse(out().resolve("report.html").toFile());
    }

    private JsonNode figures(Path file) throws IOException {
        return new JsonMapper().readTree(Files.readAllBytes(file));
    }

    @Test
    void textsBecomeALabellerWithCardLineageAndReport() throws IOException {
        Trained trained = trained(TestingFiles.write(directory, "m.csv", TestingFiles.messages()), "classify", "team");
        assertThat(trained.said().out()).contains("./pin serve " + out());
        ArtifactFolder folder = ArtifactFolder.read(out());
        assertThat(folder.type()).isEqualTo(ArtifactType.TEXT_CLASSES);
        assertThat(folder.card().getContract().getCapability()).isEqualTo("classify.test-one");
        assertThat(folder.card().getContract().getSummary()).contains("team", "heating", "electricity");
        assertThat(folder.samples()).hasSize(2);
        assertThat(trained.figures().at("/metrics/accuracy").asDouble()).isGreaterThan(90);
        assertThat(trained.figures().at("/baseline/accuracy").asDouble()).isLessThan(70);
        Document report = report();
        assertThat(report.select("#metrics td").eachText()).contains("accuracy", "macro_f1", "ece");
        assertThat(report.select("figure h3").eachText())
                .containsExactly("Confusion matrix", "Precision and recall", "Calibration");
        assertThat(report.select("figure svg")).hasSize(3);
        assertThat(report.select("script, link, img, iframe")).isEmpty();
    }

    @Test
    void textsAboutSomethingElseAreAbstainedFromAndMeasured() throws IOException {
        Path file = TestingFiles.write(directory, "m.csv", TestingFiles.messagesAndSmallTalk());
        Trained trained = trained(file, "classify", "team", "--out-of-scope", "nobody");
        assertThat(trained.figures().at("/metrics/oos_recall").asDouble()).isGreaterThan(80);
        assertThat(trained.figures().at("/metrics/in_scope_accuracy").asDouble())
                .isGreaterThan(90);
        ArtifactFolder folder = ArtifactFolder.read(out());
        assertThat(folder.card().getContract().toString()).doesNotContain("nobody", TextLabeller.OUT_OF_SCOPE);

        InferenceResult smallTalk = infer(folder, "who comes to lunch today");
        assertThat(smallTalk).isInstanceOf(InferenceResult.Abstained.class);
        assertThat(smallTalk.toString()).contains("out of scope").doesNotContain(TextLabeller.OUT_OF_SCOPE);
        assertThat(infer(folder, "no light in the kitchen")).isInstanceOf(InferenceResult.Answered.class);
    }

    private static InferenceResult infer(ArtifactFolder folder, String text) throws IOException {
        try (SpecialistModel model = folder.type()
                .loader(new TestingEncoder())
                .load(ModelSource.of(Files.readAllBytes(folder.directory().resolve("model.bin"))))) {
            Artifact input = Artifact.newBuilder()
                    .setName("text")
                    .setType("text")
                    .setText(text)
                    .build();
            return model.infer(List.of(Inference.of(List.of(input), Map.of()))).getFirst();
        }
    }

    @Test
    void withoutSuchTextsTheReportSaysThatNothingIsKnownOfThem() {
        Said said = train(TestingFiles.write(directory, "m.csv", TestingFiles.messages()), "classify", "team");
        assertThat(said.err()).contains("--out-of-scope").contains("is not measured");
    }

    @Test
    void anOutOfScopeLabelThatNothingIsLearntFromIsRefused() {
        Path messages = TestingFiles.write(directory, "m.csv", TestingFiles.messages());
        Said unknown = train(messages, "classify", "team", "--out-of-scope", "nobody");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("--out-of-scope is 'nobody', which no row has in the column 'team'");

        Path customers = TestingFiles.write(directory, "c.csv", TestingFiles.customers());
        assertThat(train(customers, "classify", "plan", "--out-of-scope", "small")
                        .err())
                .contains("--out-of-scope is for texts");
        assertThat(train(customers, "score", "left", "--out-of-scope", "no").err())
                .contains("--out-of-scope is for --type classify");
    }

    @Test
    void theSameFileAndSeedGiveTheSameModel() throws IOException {
        Path file = TestingFiles.write(directory, "m.csv", TestingFiles.messages());
        train(file, "classify", "team");
        byte[] first = Files.readAllBytes(out().resolve("model.bin"));
        train(file, "classify", "team");
        assertThat(Files.readAllBytes(out().resolve("model.bin"))).isEqualTo(first);
    }

    @Test
    void trainingAgainKeepsAnEditedCardAndRaisesItsVersion() throws IOException {
        Path file = TestingFiles.write(directory, "m.csv", TestingFiles.messages());
        train(file, "classify", "team");
        Path cardFile = out().resolve("card.yaml");
        Files.writeString(cardFile, Files.readString(cardFile).replace("Tell me the team.", "Who repairs this?"));
        train(file, "classify", "team");
        Card card = ArtifactFolder.read(out()).card();
        assertThat(card.getContract().getExamplesList()).contains("Who repairs this?");
        assertThat(card.getVersion().getNumber()).startsWith("1.0.1-");
    }

    @Test
    void theCardNamesTheColumnsThatAreLearntFromNow() throws IOException {
        Path file = TestingFiles.write(directory, "c.csv", TestingFiles.customers());
        train(file, "score", "spend");
        assertThat(columns()).containsExactly("age", "plan", "calls", "left");
        train(file, "score", "spend", "--drop", "left,age");
        assertThat(columns()).containsExactly("plan", "calls");
    }

    private List<String> columns() throws IOException {
        return ArtifactFolder.read(out()).card().getContract().getInputs(0).getColumnsList();
    }

    @Test
    void rowsBecomeALabeller() throws IOException {
        Trained trained = trained(TestingFiles.write(directory, "c.csv", TestingFiles.customers()), "classify", "plan");
        assertThat(ArtifactFolder.read(out()).type()).isEqualTo(ArtifactType.ROW_CLASSES);
        assertThat(trained.figures().at("/metrics/accuracy").asDouble()).isGreaterThan(85);
    }

    @Test
    void aYesOrNoBecomesAProbability() throws IOException {
        Trained trained = trained(TestingFiles.write(directory, "c.csv", TestingFiles.customers()), "score", "left");
        assertThat(trained.said().err()).contains("probability of 'yes'");
        assertThat(ArtifactFolder.read(out()).type()).isEqualTo(ArtifactType.PROBABILITY);
        assertThat(trained.figures().at("/metrics/auc").asDouble()).isGreaterThan(0.85);
        assertThat(trained.figures().at("/baseline/auc").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aColumnOfNumbersBecomesAnEstimateWithBounds() throws IOException {
        Trained trained = trained(TestingFiles.write(directory, "c.csv", TestingFiles.customers()), "score", "spend");
        assertThat(ArtifactFolder.read(out()).type()).isEqualTo(ArtifactType.NUMBER);
        assertThat(trained.figures().at("/metrics/r2").asDouble()).isGreaterThan(0.8);
        assertThat(trained.figures().at("/metrics/coverage").asDouble()).isBetween(0.75, 1.0);
    }

    @Test
    void theCardNamesTheColumnsThatItsTableNeeds() throws IOException {
        Path file = TestingFiles.write(directory, "c.csv", TestingFiles.customers());
        trained(file, "score", "left", "--drop", "spend");
        Contract score = ArtifactFolder.read(out()).card().getContract();
        assertThat(score.getDescription()).contains("the columns age, plan, calls.");
        assertThat(score.getInputs(0).getDescription()).contains("age, plan, calls");
    }

    @Test
    void ofManyColumnsTheCardNamesSome() throws IOException {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        for (String row : TestingFiles.customers()) {
            StringBuilder line = new StringBuilder(row);
            for (int i = 0; i < 40; i++) {
                line.append(',')
                        .append(lines.isEmpty() ? "measured_value_" + i : "%.3f".formatted(random.nextDouble()));
            }
            lines.add(line.toString());
        }
        trained(TestingFiles.write(directory, "c.csv", lines), "classify", "plan");
        Contract labeller = ArtifactFolder.read(out()).card().getContract();
        assertThat(labeller.getDescription())
                .contains("measured_value_20")
                .contains(" and 14 others")
                .doesNotContain("measured_value_39");
    }

    @Test
    void markedTextsBecomeAFinderOfSpans() throws IOException {
        Trained trained = trained(TestingFiles.write(directory, "s.jsonl", TestingFiles.marked()), "extract", "spans");
        assertThat(ArtifactFolder.read(out()).type()).isEqualTo(ArtifactType.SPANS);
        assertThat(trained.figures().at("/metrics/f1").asDouble()).isGreaterThan(85);
        assertThat(trained.figures().at("/baseline/f1").asDouble()).isLessThan(40);
    }

    @Test
    void seriesBecomeAForecasterAndAConstantOneIsLeftOut() throws IOException {
        Path json = directory.resolve("figures.json");
        Path file = TestingFiles.write(directory, "h.csv", TestingFiles.hours());
        Said said = TestingFiles.train(
                new TestingEncoder(),
                "--from",
                file.toString(),
                "--type",
                "forecast",
                "--name",
                "load-ahead",
                "--out",
                out().toString(),
                "--horizon",
                "12",
                "--json",
                json.toString());
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("column 'flat': is 7.0 in every row: left out");
        assertThat(ArtifactFolder.read(out()).type()).isEqualTo(ArtifactType.FORECAST);
        assertThat(columns()).containsExactly("load");
        assertThat(figures(json).at("/metrics/mse").asDouble()).isLessThan(0.1);
        assertThat(figures(json).at("/metrics/coverage").asDouble()).isBetween(0.75, 1.0);
        assertThat(report().select("figure h3").eachText()).contains("Error by step", "The last forecast of load");
    }

    @Test
    void whatTheFileSaysIsNeverMarkupInTheReport() throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>(List.of("text,<b>kind</b>"));
        for (int i = 0; i < 80; i++) {
            String label = i % 2 == 0 ? "<script>alert(1)</script>" : "'><img src=x onerror=alert(2)>";
            // Letters tell nothing of the label, so that there are errors to read.
            String letters = random.ints(6, 'a', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            lines.add("<script>alert(3)</script> %s & %s,%s"
                    .formatted(letters.substring(0, 3), letters.substring(3), label));
        }
        Said said = train(TestingFiles.write(directory, "x.csv", lines), "classify", "<b>kind</b>", "--text", "text");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("not clearly better than");
        Document report = report();
        assertThat(report.select("script, img, b")).isEmpty();
        assertThat(report.select("#errors td.input").eachText())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(50)
                .allMatch(text -> text.startsWith("<script>"));
    }
}
