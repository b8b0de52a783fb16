package dev.pinfactory.specialists.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryEvaluationTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsMissingNullOrEmptyIsNoGold() throws IOException {
        Path file = Files.writeString(folder.resolve("data.jsonl"), """
                {"sentences": ["One.", "Two."], "references": ["Both."]}
                {"sentences": ["One.", "Two."], "references": []}
                {"sentences": ["One.", "Two."], "references": null}
                {"sentences": ["One.", "Two."]}
                """);
        assertThat(new SummaryEvaluation().read(EvaluationData.of(file)))
                .extracting(EvaluationItem::gold)
                .extracting(Optional::isPresent)
                .containsExactly(true, false, false, false);
    }
}
