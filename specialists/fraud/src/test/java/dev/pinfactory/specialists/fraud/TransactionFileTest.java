package dev.pinfactory.specialists.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.specialists.learning.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionFileTest {
    private static final String HEADER = "time_s,customer,terminal,amount,fraud\n";

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), content);
    }

    @Test
    void whatIsKnownOfARowIsReadAndWhatIsNotIsEmpty() throws IOException {
        Path file = file("\uFEFF" + HEADER + "1,a,b,9.5,1\r\n2,a,b,9.5,0.0\r\n3,a,b,9.5,\r\n");
        assertThat(TransactionFile.read(file))
                .extracting(Transaction::fraud)
                .containsExactly(Optional.of(true), Optional.of(false), Optional.empty());
    }

    @Test
    void aFileWithoutRowsOrWithAnotherOutcomeIsNamed() throws IOException {
        Path empty = file(HEADER);
        assertThatThrownBy(() -> TransactionFile.read(empty))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv has no rows");
        Path words = file(HEADER + "1,a,b,9.5,yes\n");
        assertThatThrownBy(() -> TransactionFile.read(words))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv:2: fraud is 'yes', expected 0 or 1");
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, (HEADER + "1,Müller,b,9.5,0\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TransactionFile.read(latin))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not UTF-8");
    }
}
