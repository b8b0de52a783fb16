package dev.pinfactory.specialists.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.Contender;
import dev.pinfactory.specialists.learning.compression.Teacher;
import dev.pinfactory.specialists.learning.evaluation.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotsCompressorTest {
    private static final List<String> CITIES = List.of("Paris", "Rome", "Oslo", "Bern", "Lima");
    private static final List<String> ARTISTS = List.of("Bach", "Miles Davis", "Nina", "Abba", "Blur");

    @TempDir
    private Path folder;

    @Test
    void theStudentReadsWhatTheTeacherTaughtIt() throws IOException {
        Compression compression = new SlotsCompressor().compress(request(Optional.empty()));
        assertThat(compression.student().bytes())
                .isLessThan(compression.teacher().bytes());
        assertThat(compression.contenders())
                .extracting(Contender::role)
                .contains(Contender.Role.SHIPPED, Contender.Role.ALONE);

        RequestReader student = RequestReader.read(new ByteArrayInputStream(compression.model()));
        RequestReader.Reading reading = student.read("play something by Abba");
        assertThat(reading.intents().getFirst().label()).isEqualTo("PlayMusic");
        assertThat(reading.slots()).extracting(RequestReader.Slot::type).containsExactly("artist");
        assertThat(new SlotsCompressor().compress(request(Optional.empty())).model())
                .as("the same seed, the same bytes")
                .isEqualTo(compression.model());
    }

    @Test
    void eachPartIsAnsweredByModelsThatHaveNotSeenIt() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        CompressionRequest folds = new CompressionRequest(data(), Optional.empty(), List.of(), 3, 42, told::add);
        Compression compression = new SlotsCompressor().compress(folds);
        assertThat(told.stream().filter(line -> line.startsWith("a part of 40 requests is answered")))
                .hasSize(3);
        assertThat(compression.contenders())
                .extracting(Contender::name)
                .containsExactly(
                        "teacher",
                        "student, 100k weights",
                        "alone, 100k weights",
                        "student, 50k weights",
                        "alone, 50k weights");
        assertThat(compression.comparisons()).hasSize(4);
        assertThatThrownBy(() -> new CompressionRequest(data(), Optional.empty(), List.of(), 1, 42, told::add))
                .hasMessage("1 folds, expected 2 to 100");
    }

    @Test
    void aTeacherThatKnowsOtherSlotsIsRefused() {
        assertThatThrownBy(() -> new SlotsCompressor().compress(request(Optional.of(new Marker("planet")))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the teacher marks 'planet'");
    }

    @Test
    void aTeacherThatIsCalledTeaches() throws IOException {
        Compression compression = new SlotsCompressor().compress(request(Optional.of(new Marker("city"))));
        assertThat(compression.origin().settings()).containsEntry("teacher", "marker");
    }

    /** Finds one thing in every text: its first word. */
    private record Marker(String type) implements Teacher {
        @Override
        public String origin() {
            return "marker";
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Answer answer(String text) {
            Struct slot = Struct.newBuilder()
                    .putFields("type", Value.newBuilder().setStringValue(type).build())
                    .putFields("start", Value.newBuilder().setNumberValue(0).build())
                    .putFields(
                            "end",
                            Value.newBuilder().setNumberValue(text.indexOf(' ')).build())
                    .build();
            return new Answer.Given(List.of(Artifact.newBuilder()
                    .setName("slots")
                    .setJson(Value.newBuilder()
                            .setListValue(ListValue.newBuilder()
                                    .addValues(Value.newBuilder().setStructValue(slot))))
                    .build()));
        }
    }

    private CompressionRequest request(Optional<Teacher> teacher) throws IOException {
        return new CompressionRequest(data(), teacher, List.of(), 42, line -> {});
    }

    private Path data() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String city = CITIES.get(i % 5);
            String artist = ARTISTS.get(i / 2 % 5);
            lines.add(line("GetWeather", "weather in " + city + " on day " + i % 7, city, "city"));
            lines.add(line("PlayMusic", "play number " + i % 11 + " by " + artist, artist, "artist"));
        }
        return Files.write(folder.resolve("requests.jsonl"), lines);
    }

    private static String line(String intent, String text, String value, String type) {
        int start = text.indexOf(value);
        return """
                {"text": "%s", "label": "%s", "slots": [{"start": %d, "end": %d, "type": "%s"}]}""".formatted(text, intent, start, start + value.length(), type);
    }
}
