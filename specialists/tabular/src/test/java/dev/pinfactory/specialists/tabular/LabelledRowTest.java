package dev.pinfactory.specialists.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.specialists.learning.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledRowTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsMissingNullOrBlankIsNotKnown() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), """
                {"age": 41, "label": 1}
                {"age": 41, "label": "0"}
                {"age": 41, "label": ""}
                {"age": 41, "label": null}
                {"age": 41}
                """);
        assertThat(LabelledRow.read(file))
                .extracting(LabelledRow::label)
                .containsExactly(
                        Optional.of(true), Optional.of(false), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void anotherLabelIsNamedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), "{\"age\": 41, \"label\": 2}\n");
        assertThatThrownBy(() -> LabelledRow.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rows.jsonl:1: member 'label' is '2', expected 0 or 1");
    }
}
