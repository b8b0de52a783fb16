package dev.pinfactory.specialists.clauses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LabelSetScores;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.Contender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClausesCompressorTest {
    @Test
    void theStudentTellsTheKindsApart(@TempDir Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            lines.add("{\"text\": \"We may end your account at any time, case %d.\", \"labels\": [\"termination\"]}"
                    .formatted(i));
            lines.add("{\"text\": \"The courts of county %d decide.\", \"labels\": [\"jurisdiction\"]}".formatted(i));
            lines.add("{\"text\": \"Welcome to page %d of our shop.\", \"labels\": []}".formatted(i));
        }
        Path file = Files.write(folder.resolve("clauses.jsonl"), lines);
        Compression compression = new ClausesCompressor(SentenceEncoder.shared())
                .compress(new CompressionRequest(file, Optional.empty(), List.of(), 42, line -> {}));

        assertThat(compression.contenders())
                .filteredOn(one -> one.role() == Contender.Role.STUDENT)
                .extracting(Contender::encoderBytes)
                .contains(0L, compression.teacher().encoderBytes());
        ClauseReader student =
                ClauseReader.read(new ByteArrayInputStream(compression.model()), SentenceEncoder.shared());
        assertThat(student.read("We may end your account.").getFirst().label()).isEqualTo("termination");
        assertThat(student.read("Welcome to our shop.").getFirst().label()).isEqualTo(LabelSetScores.NONE);
    }

    @Test
    void drawsAreCountedLikeTheFigureThatIsReported() {
        List<Set<String>> truth = List.of(Set.of("a"), Set.of("a", "b"), Set.of(), Set.of("b"), Set.of());
        List<Set<String>> said = List.of(Set.of("a"), Set.of("b"), Set.of("none"), Set.of("a"), Set.of("c"));
        double reported = new LabelSetScores(IntStream.range(0, 5)
                        .mapToObj(i -> new LabelSetScores.Case(truth.get(i), said.get(i)))
                        .toList())
                .metrics()
                .get("macro_f1")
                .value();
        assertThat(MacroF1.of(truth, said).applyAsDouble(new int[] {0, 1, 2, 3, 4}))
                .isEqualTo(reported, within(1e-9));
    }
}
