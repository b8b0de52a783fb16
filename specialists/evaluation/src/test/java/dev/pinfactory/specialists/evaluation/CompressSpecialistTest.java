package dev.pinfactory.specialists.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.Contender;
import dev.pinfactory.specialists.learning.compression.Scoreboard;
import dev.pinfactory.specialists.learning.compression.SpecialistCompressor;
import dev.pinfactory.specialists.learning.compression.Teacher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompressSpecialistTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Its student is the number of unlabelled texts that the teacher finds loud. */
    private static final class LoudnessCompressor implements SpecialistCompressor {
        @Override
        public String name() {
            return "loudness";
        }

        @Override
        public Path defaultData() {
            return Path.of("data");
        }

        @Override
        public Optional<String> dataSet() {
            return Optional.empty();
        }

        @Override
        public Compression compress(CompressionRequest request) {
            Scoreboard scores = new Scoreboard("accuracy", List.of("Stop!", "Stop.", "Go.", "<b>"));
            scores.add(
                    "teacher <b>",
                    Contender.Role.TEACHER,
                    new Scoreboard.Weight(2_000_000, 30_000_000),
                    draw -> 0.75,
                    text -> {});
            scores.add("student", Contender.Role.STUDENT, new Scoreboard.Weight(100_000, 0), draw -> 0.5, text -> {});
            scores.add("alone", Contender.Role.ALONE, new Scoreboard.Weight(100_000, 0), draw -> 0.25, text -> {});
            scores.compare("student", "alone");
            long loud = request.teacher().stream()
                    .flatMap(teacher -> request.unlabelled().stream()
                            .filter(text ->
                                    teacher.answer(text).label("loudness").equals("loud")))
                    .count();
            return new Compression(
                    scores.figure(),
                    scores.contenders(),
                    scores.comparisons(),
                    "student",
                    Long.toString(loud).getBytes(StandardCharsets.UTF_8),
                    new Lineage.Origin(
                            LoudnessCompressor.class,
                            List.of(),
                            Map.of(
                                    "teacher",
                                    request.teacher().map(Teacher::origin).orElse("own")),
                            Map.of()),
                    List.of("seed " + request.seed()));
        }
    }

    @Test
    void sizeLatencyAndQualityStandSideBySide() throws IOException {
        assertThat(run("loudness", "--json", path("figures.json"), "--html", path("page.html")))
                .isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("2.000", "75.00 %", "<- student", "seed 42")
                .contains("student less alone: +25.00 points (95 % +25.00 to +25.00), not better in 0.0 % of the draws")
                .contains("20 times smaller than the teacher (320 times with its encoder)", "25.00 points lost");
        JsonNode figures = new JsonMapper().readTree(Files.readAllBytes(folder.resolve("figures.json")));
        assertThat(figures.at("/contenders/1/bytes").asLong()).isEqualTo(100_000);
        assertThat(figures.at("/comparisons/0/difference").asDouble()).isEqualTo(0.25);
        assertThat(Files.readString(folder.resolve("page.html")))
                .contains("<svg", "teacher &lt;b&gt;")
                .doesNotContain("<b>", "http:", "https:");
    }

    @Test
    void aTeacherThatIsServedLabelsWhatNobodyHas() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.txt"), "Stop!\n\nGo!\nHush.\n");
        assertThat(run(
                        "loudness",
                        "--teacher",
                        "shipped",
                        "--unlabelled",
                        texts.toString(),
                        "--out",
                        path("student"),
                        "--seed",
                        "7"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();

        assertThat(Files.readString(folder.resolve("student/model.bin"))).isEqualTo("2");
        JsonNode lineage = new JsonMapper().readTree(Files.readAllBytes(folder.resolve("student/lineage.json")));
        assertThat(lineage.at("/settings/teacher").asString()).startsWith("loudness 1.2.0");
        assertThat(lineage.at("/seed").asLong()).isEqualTo(7);
        assertThat(lineage.at("/metrics/accuracy/value").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aTeacherAtAnAddressIsAskedThroughItsPort() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.txt"), "Stop!\nHush.\n");
        try (SocketServer server = new SocketServer(ClassPathSpecialists.define("loudness"), 1)) {
            String address = "127.0.0.1:" + server.port();
            assertThat(run(
                            "loudness",
                            "--teacher",
                            address,
                            "--unlabelled",
                            texts.toString(),
                            "--out",
                            path("student")))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
            assertThat(Files.readString(folder.resolve("student/model.bin"))).isEqualTo("1");
            assertThat(Files.readString(folder.resolve("student/lineage.json"))).contains("loudness at " + address);
        }
    }

    @Test
    void wrongUseSaysWhatIsWrong() {
        assertThat(run("volume")).isEqualTo(2);
        assertThat(run("loudness", "--teacher", "nobody")).isEqualTo(2);
        assertThat(run("loudness", "--seed", "x")).isEqualTo(2);
        assertThat(run("loudness", "--folds", "3")).isEqualTo(2);
        assertThat(run("loudness", "--data", path("missing"))).isEqualTo(2);
        assertThat(run("loudness", "--unlabelled", path("missing"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no specialist 'volume' to compress; there are loudness")
                .contains("--teacher is 'nobody', expected 'shipped'")
                .contains("--seed is 'x'")
                .contains("--folds is not for loudness")
                .contains("there is no file or directory")
                .contains("as one text a line");
    }

    private int run(String... arguments) {
        return new CompressSpecialist(
                        List.of(new LoudnessCompressor()),
                        folder,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
