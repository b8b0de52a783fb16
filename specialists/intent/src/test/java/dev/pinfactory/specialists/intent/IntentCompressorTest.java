package dev.pinfactory.specialists.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.Contender;
import dev.pinfactory.specialists.learning.compression.Teacher;
import dev.pinfactory.specialists.learning.evaluation.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentCompressorTest {
    @TempDir
    private Path sets;

    private Path folder;

    @BeforeEach
    void oneSetBesideOthers() throws IOException {
        folder = Files.createDirectory(sets.resolve("banking77"));
    }

    @Test
    void studentsWithAndWithoutTheEncoderStandBesideTheTeacher() throws IOException {
        Compression compression = compress(Optional.empty(), List.of());
        assertThat(compression.contenders())
                .filteredOn(one -> one.role() == Contender.Role.STUDENT)
                .extracting(Contender::encoderBytes)
                .contains(0L, compression.teacher().encoderBytes());
        assertThat(read(compression.model())
                        .classify(List.of("I have lost my card"))
                        .getFirst()
                        .getFirst()
                        .label())
                .isEqualTo("lost_card");
        assertThat(compress(Optional.empty(), List.of()).model())
                .as("the same seed, the same bytes")
                .isEqualTo(compression.model());
    }

    @Test
    void theStudentBelievesATeacherThatIsCalled() throws IOException {
        // The labelled texts have no word of this; the teacher alone knows what it means.
        List<String> unlabelled = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            unlabelled.add("quux zorp number " + i);
        }
        Compression compression = compress(Optional.of(new Sayer("transfer")), unlabelled);
        assertThat(read(compression.model())
                        .classify(List.of("quux zorp"))
                        .getFirst()
                        .getFirst()
                        .label())
                .isEqualTo("transfer");
        assertThat(compression.origin().settings()).containsEntry("teacher", "sayer of transfer");
        assertThat(compression.notes()).anySatisfy(note -> assertThat(note).contains("is not known here"));
    }

    @Test
    void aTeacherWithOtherLabelsIsRefused() {
        assertThatThrownBy(() -> compress(Optional.of(new Sayer("weather")), List.of("rain")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the teacher says 'weather', which the labelled data does not have");
    }

    @Test
    void ofTextsAboutSomethingElseTheStudentLearnsToBeUnsure() throws IOException {
        double before = confidence(compress(Optional.empty(), List.of()), "bake a cake with many eggs");

        StringBuilder others = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            others.append("{\"text\": \"bake a cake with %d eggs\", \"label\": \"recipe\", \"domain\": \"kitchen\"}%n"
                    .formatted(i));
            others.append("{\"text\": \"send money to %d\", \"label\": \"transfer\", \"domain\": \"banking\"}%n"
                    .formatted(i));
        }
        Path directory = Files.createDirectories(folder.resolveSibling("clinc150"));
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(directory.resolve("train.jsonl.gz")))) {
            packed.write(others.toString().getBytes(StandardCharsets.UTF_8));
        }
        Compression taught = compress(Optional.empty(), List.of());
        assertThat(confidence(taught, "bake a cake with many eggs")).isLessThan(before - 0.05);
        assertThat(confidence(taught, "send money to my sister")).isGreaterThan(0.9);
        assertThat(taught.origin().data()).hasSize(2);
    }

    @Test
    void whatShipsIsNotTrainedWithoutTextsAboutSomethingElse() throws IOException {
        CompressionRequest request = new CompressionRequest(questions(), Optional.empty(), List.of(), 42, line -> {});
        assertThatThrownBy(() -> IntentCompressor.student(SentenceEncoder.shared(), request))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("clinc150/train.jsonl.gz");
    }

    private static double confidence(Compression compression, String text) throws IOException {
        return read(compression.model())
                .classify(List.of(text))
                .getFirst()
                .getFirst()
                .confidence();
    }

    private record Sayer(String label) implements Teacher {
        @Override
        public String origin() {
            return "sayer of " + label;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Answer answer(String text) {
            Struct candidate = Struct.newBuilder()
                    .putFields("label", Value.newBuilder().setStringValue(label).build())
                    .putFields(
                            "confidence", Value.newBuilder().setNumberValue(0.9).build())
                    .build();
            Struct labels = Struct.newBuilder()
                    .putFields(
                            "candidates",
                            Value.newBuilder()
                                    .setListValue(ListValue.newBuilder()
                                            .addValues(Value.newBuilder().setStructValue(candidate)))
                                    .build())
                    .build();
            return new Answer.Given(List.of(Artifact.newBuilder()
                    .setName("intent")
                    .setJson(Value.newBuilder().setStructValue(labels))
                    .build()));
        }
    }

    private Compression compress(Optional<Teacher> teacher, List<String> unlabelled) throws IOException {
        return new IntentCompressor(SentenceEncoder.shared())
                .compress(new CompressionRequest(questions(), teacher, unlabelled, 42, line -> {}));
    }

    private Path questions() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("{\"text\": \"my card is lost, help me, case %d\", \"label\": \"lost_card\"}".formatted(i));
            lines.add("{\"text\": \"send money to account %d\", \"label\": \"transfer\"}".formatted(i));
        }
        return Files.write(folder.resolve("questions.jsonl"), lines);
    }

    private static TextClassifier read(byte[] model) throws IOException {
        return TextClassifier.read(new ByteArrayInputStream(model), IntentTrainer.KIND, SentenceEncoder.shared());
    }
}
