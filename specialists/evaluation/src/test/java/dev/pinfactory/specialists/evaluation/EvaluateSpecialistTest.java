package dev.pinfactory.specialists.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.evaluation.ClassifierEvaluation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateSpecialistTest {
    private static final String LABELLED = """
            {"text": "Stop!", "label": "loud"}
            {"text": "Stop.", "label": "quiet"}
            {"text": "Stop?", "label": "quiet"}
            {"text": "Hush!", "label": "quiet"}
            {"text": " ", "label": "quiet"}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** As a jar would bring it. */
    private static final class LoudnessEvaluation extends ClassifierEvaluation {
        LoudnessEvaluation() {
            super("loudness", "text", "loudness");
        }
    }

    @Test
    void figuresAreThoseOfTheAnswersThatCallersGet() throws IOException {
        assertThat(run("loudness", "--data", file("data.jsonl", LABELLED), "--json", path("figures.json")))
                .isZero();

        JsonNode figures = json("figures.json");
        assertThat(figures.get("specialist").asString()).isEqualTo("loudness");
        assertThat(figures.get("version").asString()).isEqualTo("1.2.0");
        assertThat(figures.get("n").asInt()).isEqualTo(5);
        // The best guess of the question is right; the refused one is wrong.
        assertThat(figures.at("/metrics/accuracy").asDouble()).isEqualTo(60);
        assertThat(figures.at("/ci95/accuracy/0").asDouble()).isLessThan(60);
        assertThat(figures.at("/ci95/accuracy/1").asDouble()).isGreaterThan(60);
        // One boastful wrong answer, a question at one half; the refused one was sure of nothing.
        assertThat(figures.at("/metrics/brier").asDouble()).isEqualTo((1 + 0.25) / 5);
        assertThat(figures.get("abstained").asInt()).isEqualTo(1);
        assertThat(figures.get("refused").asInt()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("accuracy", "60.00 %");
    }

    @Test
    void labelsThatNoAnswerNamesAreWarnedOf() throws IOException {
        String shouting = LABELLED + "{\"text\": \"Stop!\", \"label\": \"Loud\"}\n";
        assertThat(run("loudness", "--data", file("data.jsonl", LABELLED))).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("warning");

        assertThat(run("loudness", "--data", file("shouting.jsonl", shouting))).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("warning: of the file's labels 1 came back in no answer")
                .contains("'Loud' (1). Does 'loudness' know them by that name?");
    }

    @Test
    void whoGivesAnotherKindOfFileIsToldWhatIsWanted() throws IOException {
        assertThat(run("loudness", "--data", file("data.txt", "Stop!\n"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("data.txt:1: no JSON", "'loudness' is measured on {\"text\": \"some words\", \"label\": ");
    }

    @Test
    void aFileWithoutGoldGivesTheSamePredictionsAndNoFigures() throws IOException {
        String stripped = LABELLED.replaceAll(", \"label\": \"\\w+\"", "");
        run("loudness", "--data", file("data.jsonl", LABELLED), "--predictions", path("with.jsonl"));
        run(
                "loudness",
                "--data",
                file("stripped.jsonl", stripped),
                "--predictions",
                path("without.jsonl"),
                "--json",
                path("figures.json"));

        List<String> predictions = Files.readAllLines(folder.resolve("without.jsonl"));
        assertThat(predictions)
                .hasSize(5)
                .isEqualTo(Files.readAllLines(folder.resolve("with.jsonl")))
                .element(4, InstanceOfAssertFactories.STRING)
                .contains("refused", "'text' is blank");
        assertThat(json("figures.json").get("metrics").isEmpty()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("no gold");
    }

    @Test
    void aTrainedModelIsMeasuredInsteadOfTheShippedOne() throws IOException {
        artifact("2", Digests.of("2".getBytes(StandardCharsets.UTF_8)));
        String data = file("data.jsonl", LABELLED.replace("Stop!", "Stop!!"));
        assertThat(run("loudness", "--data", data, "--artifact", path(""), "--json", path("figures.json")))
                .isZero();

        assertThat(json("figures.json").at("/metrics/accuracy").asDouble()).isEqualTo(80);
        assertThat(json("figures.json").get("version").asString()).startsWith("1.2.0+");
    }

    @Test
    void aModelThatIsNotTheOneOfItsLineageIsRefused() throws IOException {
        artifact("2", Digests.of("3".getBytes(StandardCharsets.UTF_8)));
        assertThat(run("loudness", "--data", file("data.jsonl", LABELLED), "--artifact", path("")))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("model.bin has digest", "lineage.json says");

        Files.delete(folder.resolve("lineage.json"));
        run("loudness", "--data", path("data.jsonl"), "--artifact", path(""));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no lineage");
    }

    @Test
    void packedFilesAreRead() throws IOException {
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("data.jsonl.gz")))) {
            packed.write(LABELLED.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(run("loudness", "--data", path("data.jsonl.gz"))).isZero();
    }

    @Test
    void errorsNameFileLineAndMember() throws IOException {
        assertThat(run("loudness", "--data", file("data.jsonl", LABELLED + "{\"label\": \"loud\"}\n")))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("data.jsonl:6: member 'text' is missing");

        assertThat(run("loudness", "--data", file("data.jsonl", LABELLED + "{\"text\": \"a\", \"label\": 1}\n")))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("data.jsonl:6: member 'label' is NUMBER");
    }

    @Test
    void wrongUseNamesWhatThereIs() {
        assertThat(run("volume", "--data", path("data.jsonl"))).isEqualTo(2);
        assertThat(run("loudness", "--data", path("data.jsonl"), "--model", "whispers"))
                .isEqualTo(2);
        assertThat(run("loudness")).isEqualTo(2);
        assertThat(run("loudness", "--data", path("data.jsonl"), "--json", path("nowhere/figures.json")))
                .isEqualTo(2);
        assertThat(run("loudness", "--data", path("missing.jsonl"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no specialist 'volume' to measure; there are loudness")
                .contains("--model is 'whispers'; 'loudness' has (none)")
                .contains("figures.json, where no file can be written")
                .contains("--data is missing")
                .contains("there is no file");
    }

    private int run(String... arguments) {
        return new EvaluateSpecialist(
                        List.of(new LoudnessEvaluation()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private void artifact(String model, String digest) throws IOException {
        file("model.bin", model);
        file("lineage.json", "{\"model\": {\"digest\": \"" + digest + "\"}}");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode json(String name) throws IOException {
        return new JsonMapper().readTree(Files.readAllBytes(folder.resolve(name)));
    }
}
