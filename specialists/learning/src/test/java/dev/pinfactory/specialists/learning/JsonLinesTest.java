package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
    @TempDir
    private Path folder;

    @Test
    void readsPlainAndPackedFiles() throws IOException {
        String lines = "{\"text\":\"Où?\",\"label\":\"a\"}\n\n{\"text\":\"two\",\"label\":\"b\",\"more\":1}\n";
        Path plain = folder.resolve("data.jsonl");
        Files.writeString(plain, lines);
        Path packed = folder.resolve("data.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LabelledText.read(plain))
                .containsExactly(new LabelledText("Où?", "a"), new LabelledText("two", "b"))
                .isEqualTo(LabelledText.read(packed));
    }

    @Test
    void aByteOrderMarkOtherLineEndsAndAMissingEndingDoNoHarm() throws IOException {
        Path marked = folder.resolve("marked.jsonl");
        Files.writeString(marked, "\uFEFF{\"text\":\"one\",\"label\":\"a\"}\r\n{\"text\":\"two\",\"label\":\"b\"}\r\n");
        assertThat(LabelledText.read(marked))
                .containsExactly(new LabelledText("one", "a"), new LabelledText("two", "b"));
        Path packed = folder.resolve("packed.jsonl");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readAllBytes(marked));
        }
        assertThat(LabelledText.read(packed)).isEqualTo(LabelledText.read(marked));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"text":"x"}              | member 'label' is missing
                    {"text":3,"label":"a"}    | member 'text' is NUMBER
                    {"text":" ","label":"a"}  | member 'text' is blank
                    [1]                       | expected a JSON object
                    {"text":                  | no JSON
                    """)
    void aWrongLineIsNamed(String line, String message) throws IOException {
        Path file = folder.resolve("data.jsonl");
        Files.writeString(file, "{\"text\":\"fine\",\"label\":\"a\"}\n" + line + "\n");
        assertThatThrownBy(() -> LabelledText.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.jsonl:2")
                .hasMessageContaining(message);
    }

    @Test
    void aMissingEmptyOrDamagedFileIsNamed() throws IOException {
        assertThatThrownBy(() -> LabelledText.read(folder.resolve("none.jsonl")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.jsonl");
        Path empty = Files.createFile(folder.resolve("empty.jsonl"));
        assertThatThrownBy(() -> LabelledText.read(empty)).hasMessageContaining("has no lines");
        Path latin = folder.resolve("latin.jsonl");
        Files.write(latin, "{\"text\":\"Où\",\"label\":\"a\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> LabelledText.read(latin)).hasMessageContaining("not UTF-8");
        Path unpacked = folder.resolve("plain.jsonl.gz");
        Files.writeString(unpacked, "{}");
        assertThatThrownBy(() -> LabelledText.read(unpacked))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("plain.jsonl.gz");
    }
}
