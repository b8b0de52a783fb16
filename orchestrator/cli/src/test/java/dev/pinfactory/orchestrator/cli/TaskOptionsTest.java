package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TaskOptionsTest {
    @TempDir
    Path directory;

    @Command
    static final class Probe implements Runnable {
        @Mixin
        TaskOptions options = new TaskOptions();

        @Override
        public void run() {}
    }

    private static Task task(String... arguments) {
        Probe probe = new Probe();
        new CommandLine(probe).setExpandAtFiles(false).parseArgs(arguments);
        return probe.options.task();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void taskFileIsProtobufJsonWrittenAsYaml() throws IOException {
        Path file = file("task.yaml", """
                instruction: Read the total
                inputs:
                  - name: receipt
                    type: text
                    text: |
                      TOTAL 9.00
                constraints:
                  timeout: 5s
                """);

        Task task = task(file.toString());

        assertThat(task.getInstruction()).isEqualTo("Read the total");
        assertThat(task.getInputs(0).getText()).isEqualTo("TOTAL 9.00\n");
        assertThat(task.getConstraints().getTimeout()).isEqualTo(Durations.fromSeconds(5));
    }

    @Test
    void anInputOfATaskFileMayBeAFileBesideIt() throws IOException {
        file("payments.csv", "card,amount\n7,12.50\n");
        file("one.txt", "first");
        file("two.txt", "second");
        Path file = file("task.yaml", """
                instruction: Look at the payments and the mails
                inputs:
                  - {name: payments, file: payments.csv}
                  - {name: mails, files: [one.txt, two.txt]}
                  - {name: note, type: text, text: read them all}
                """);

        Task task = task(file.toString());

        assertThat(task.getInputs(0).getType()).isEqualTo("table");
        assertThat(task.getInputs(0).getJson().getStructValue().getFieldsMap()).containsKey("rows");
        assertThat(task.getInputs(1).getType()).isEqualTo("text");
        assertThat(task.getInputs(1).getItems().getItemsList())
                .extracting(Artifact::getText)
                .containsExactly("first", "second");
        assertThat(task.getInputs(2).getText()).isEqualTo("read them all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: a, file: missing.txt} | there is no file",
                "{name: a, file: [1]} | inputs[0]: 'file' is the name of a file",
                "{name: a, files: []} | inputs[0]: 'file' is the name of a file",
                "{name: a, file: task.yaml, files: [x]} | not both",
                "{name: a, file: task.txt, text: x} | input 'a' has a file and content of its own",
                "{name: a, files: [task.txt, task.csv]} | files of one type are expected"
            })
    void whatIsWrongWithTheFilesOfAnInputIsSaid(String input, String message) throws IOException {
        file("task.txt", "x");
        file("task.csv", "x\n1\n");
        Path file = file("task.yaml", "instruction: x\ninputs:\n  - " + input + "\n");
        assertThatThrownBy(() -> task(file.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTableMayHaveSemicolonsAndAByteOrderMark() throws IOException {
        Path file = file("rows.csv", "\uFEFFcard;amount\n7;12,50\n");

        Artifact table = task("-i", "x", "--input", "rows=@" + file).getInputs(0);

        assertThat(JsonFormat.printer().omittingInsignificantWhitespace().print(table.getJson()))
                .isEqualTo("{\"columns\":[{\"name\":\"card\"},{\"name\":\"amount\"}],\"rows\":[[\"7\",\"12,50\"]]}");
    }

    @Test
    void aQuoteThatIsNotClosedIsNoCsv() throws IOException {
        Path file = file("rows.csv", "a,b\n1,\"2\n3,4\n");

        assertThatThrownBy(() -> task("-i", "x", "--input", "rows=@" + file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is not CSV: a quote \" is not closed");
    }

    @Test
    void columnsOfNumbersAreSeries() throws IOException {
        Path file = file("load.csv", "time,load,place,orders\n2026-01-01,1.5,x,7\n2026-01-02,,y,-8e1\n");

        Artifact series = task("-i", "x", "--input", "load:series=@" + file).getInputs(0);

        assertThat(series.getType()).isEqualTo("series");
        assertThat(series.getItems().getItemsList())
                .extracting(Artifact::getType)
                .containsExactly("series", "series");
        assertThat(JsonFormat.printer()
                        .omittingInsignificantWhitespace()
                        .print(series.getItems().getItems(0).getJson()))
                .isEqualTo("{\"name\":\"load\",\"values\":[1.5,null],\"times\":[\"2026-01-01\",\"2026-01-02\"]}");
        Value orders = series.getItems().getItems(1).getJson();
        assertThat(orders.getStructValue()
                        .getFieldsOrThrow("values")
                        .getListValue()
                        .getValuesList())
                .extracting(Value::getNumberValue)
                .containsExactly(7.0, -80.0);
    }

    @Test
    void seriesOfATaskFileMayBeColumnsToo() throws IOException {
        file("one.csv", "load\n1\n2\n");
        file("two.csv", "heat,cold\n1,2\n3,4\n");
        Path file = file("task.yaml", """
                instruction: Forecast them
                inputs:
                  - {name: load, type: series, file: one.csv}
                  - {name: all, type: series, files: [one.csv, two.csv]}
                """);

        Task task = task(file.toString());

        assertThat(task.getInputs(0).getJson().getStructValue().getFieldsMap()).containsOnlyKeys("name", "values");
        assertThat(task.getInputs(1).getItems().getItemsList())
                .extracting(item ->
                        item.getJson().getStructValue().getFieldsOrThrow("name").getStringValue())
                .containsExactly("load", "heat", "cold");
    }

    @Test
    void aFileWithoutNumbersIsNoSeries() throws IOException {
        Path file = file("load.csv", "time;load\n2026-01-01;1,5\n");

        assertThatThrownBy(() -> task("-i", "x", "--input", "load:series=@" + file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no column of numbers (with a decimal point)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{pinned: a}] | is a list, not a task; 'pin plan golden'",
                "{contract: {id: a}} | is a card, not a task; 'pin plan impact'",
                "hello | is not a task: expected keys such as instruction"
            })
    void otherFilesOfTheProjectAreSentToTheirCommands(String content, String message) throws IOException {
        Path file = file("task.yaml", content);

        assertThatThrownBy(() -> task(file.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void unknownKeyOfATaskFileIsNamed() throws IOException {
        Path file = file("task.yaml", "instruction: x\ninptus: []\n");

        assertThatThrownBy(() -> task(file.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("inptus: is not a field of Task; expected one of")
                .hasMessageContaining("inputs");
    }

    @Test
    void aWrongValueOfATaskFileIsNamed() throws IOException {
        Path file = file("task.yaml", "instruction: x\ninputs:\n  - name: a\n    text: [1, 2]\n");

        assertThatThrownBy(() -> task(file.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("inputs[0].text: a list came; expected a string");
    }

    /** As the description says, and not as picocli does by itself. */
    @Test
    void anOptionReadsItsFile() throws IOException {
        Path schema = file("schema.json", "{\"type\": \"object\"}");
        Path instruction = file("instruction.txt", "Summarise the letter");
        CommandLine pin = Pin.commandLine();

        var parsed = pin.parseArgs("run", "-i", "@" + instruction, "--schema", "@" + schema)
                .subcommand();

        assertThat(parsed.<String>matchedOptionValue("--schema", "")).isEqualTo("@" + schema);
        Task task = task("-i", "@" + instruction, "--schema=@" + schema);
        assertThat(task.getInstruction()).isEqualTo("Summarise the letter");
        assertThat(task.getOutputSchema().getFieldsMap()).containsKey("type");
    }

    @Test
    void whatIsNoFileIsSaid() throws IOException {
        assertThatThrownBy(() -> task(directory.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> task("-i", "x", "--input", "a=@/"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'/' is a directory");
    }

    @Test
    void filesThatAreTooLargeTogetherAreRefusedHere() throws IOException {
        Path nine = file("nine.txt", "a".repeat(9 << 20));
        assertThatThrownBy(() -> task("-i", "x", "--input", "a=@" + nine, "--input", "b=@" + nine))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("too large together");
    }

    @Test
    void optionReplacesTheInputOfTheSameName() throws IOException {
        Path file = file("task.yaml", "instruction: x\ninputs:\n  - {name: mail, type: text, text: old}\n");

        Task task = task(file.toString(), "--input", "mail=new");

        assertThat(task.getInputsList())
                .singleElement()
                .satisfies(input -> assertThat(input.getText()).isEqualTo("new"));
    }

    @Test
    void fileEndingTellsTheType() throws IOException {
        Path csv = file("rows.csv", "a,b\n1,\"x,y\"\n");
        Path image = Files.write(directory.resolve("photo.png"), new byte[] {1, 2});

        Task task = task("-i", "x", "--input", "rows=@" + csv, "--input", "photo=@" + image);

        assertThat(task.getInputs(0).getType()).isEqualTo("table");
        assertThat(task.getInputs(0)
                        .getJson()
                        .getStructValue()
                        .getFieldsOrThrow("rows")
                        .getListValue()
                        .getValues(0)
                        .getListValue()
                        .getValues(1)
                        .getStringValue())
                .isEqualTo("x,y");
        assertThat(task.getInputs(1).getType()).isEqualTo("image");
        assertThat(task.getInputs(1).getMediaType()).isEqualTo("image/png");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> task("-i", "x", "--input", "mail=@" + directory.resolve("no.txt")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no.txt");
    }

    @Test
    void nothingToDoIsAUsageError() {
        assertThatThrownBy(TaskOptionsTest::task)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--instruction");
    }

    @Test
    void anEmptyInstructionIsSaidToBeEmpty() throws IOException {
        assertThatThrownBy(() -> task("-i", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--instruction is empty");
        Path file = file("task.yaml", "labels: {team: a}\n");
        assertThatThrownBy(() -> task(file.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("task.yaml' has no instruction");
    }

    @Test
    void timeoutTakesMillisecondsAndRefusesNonsense() {
        assertThat(task("-i", "x", "--timeout", "250ms").getConstraints().getTimeout())
                .isEqualTo(Durations.fromMillis(250));
        assertThatThrownBy(() -> task("-i", "x", "--timeout", "soon"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("500ms, 30s or 2m");
    }
}
