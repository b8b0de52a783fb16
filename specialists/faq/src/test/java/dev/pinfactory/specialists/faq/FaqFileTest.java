package dev.pinfactory.specialists.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.specialists.learning.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaqFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsQuotedCellsAndTopics() throws IOException {
        Path file = write(
                "faq.csv",
                "Topic,Question,Answer\npin,\"A PIN, how?\",\"So:\n\"\"here\"\"\"\npin,New PIN?,\"So:\n\"\"here\"\"\"\n");
        assertThat(FaqFile.read(file))
                .containsExactly(
                        new FaqEntry("pin", "A PIN, how?", "So:\n\"here\""),
                        new FaqEntry("pin", "New PIN?", "So:\n\"here\""));
    }

    @Test
    void questionsWithTheSameAnswerAreOneTopic() throws IOException {
        Path file = write(
                "faq.jsonl", "{\"question\": \"a?\", \"answer\": \"b\"}\n{\"question\": \"c?\", \"answer\": \"b\"}\n");
        assertThat(FaqFile.read(file)).extracting(FaqEntry::topic).containsExactly("b", "b");
    }

    @Test
    void namesRowAndColumnOfWhatIsMissing() throws IOException {
        Path blank = write("blank.csv", "question,answer\na?,b\n,c\n");
        assertThatThrownBy(() -> FaqFile.read(blank))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("blank.csv", "row 2", "'question' is blank");
        Path column = write("column.csv", "question,reply\na?,b\n");
        assertThatThrownBy(() -> FaqFile.read(column))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("answer");
        Path line = write("line.jsonl", "{\"question\": \"a?\"}\n");
        assertThatThrownBy(() -> FaqFile.read(line))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("line.jsonl:1", "'answer'");
    }

    @Test
    void oneTopicHasOneAnswer() throws IOException {
        Path file = write("two.csv", "topic,question,answer\nt,a?,b\nt,c?,d\n");
        assertThatThrownBy(() -> FaqFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic 't' has two answers");
    }

    @Test
    void anEmptyOrMissingFileIsNamed() throws IOException {
        Path empty = write("empty.csv", "question,answer\n");
        assertThatThrownBy(() -> FaqFile.read(empty)).hasMessageContaining("no questions");
        assertThatThrownBy(() -> FaqFile.read(folder.resolve("gone.csv"))).hasMessageContaining("there is no file");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
