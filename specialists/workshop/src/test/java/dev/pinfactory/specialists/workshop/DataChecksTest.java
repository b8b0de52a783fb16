package dev.pinfactory.specialists.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.workshop.TestingFiles.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file is named by column or line, and stops the training where nothing useful could be learnt. */
class DataChecksTest {
    @TempDir
    Path directory;

    private Said train(List<String> lines, String type, String label, String... more) {
        return train(TestingFiles.write(directory, "data.csv", lines), type, label, more);
    }

    private Said train(Path file, String type, String label, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--from",
                file.toString(),
                "--type",
                type,
                "--label",
                label,
                "--name",
                "test-one",
                "--out",
                directory.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return TestingFiles.train(new TestingEncoder(), arguments.toArray(String[]::new));
    }

    /** The customers with another column, made of the row's index and its text. */
    private static List<String> withColumn(String name, BiFunction<Integer, String, String> cell) {
        List<String> lines = new ArrayList<>();
        List<String> rows = TestingFiles.customers();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(rows.get(i) + "," + (i == 0 ? name : cell.apply(i, rows.get(i))));
        }
        return lines;
    }

    private static List<String> edited(List<String> lines, int line, UnaryOperator<String> edit) {
        List<String> edited = new ArrayList<>(lines);
        edited.set(line - 1, edit.apply(edited.get(line - 1)));
        return edited;
    }

    private void assertRefused(Said said, String... words) {
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err().lines().toList().getLast()).startsWith("pin train specialist: ");
        assertThat(said.err()).contains(words);
        assertThat(said.err().lines()).doesNotHaveDuplicates();
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void aLabelThatIsNotThereIsRefusedWithTheColumnsThatAre() {
        assertRefused(
                train(TestingFiles.customers(), "score", "gone"),
                "--label names the column 'gone'",
                "age, plan, calls");
    }

    @Test
    void aColumnThatTellsTheLabelStopsUntilItIsDroppedOrKept() {
        List<String> lines = withColumn("closed", (i, row) -> row.contains(",yes,") ? "2026-01-02" : "");
        assertRefused(train(lines, "score", "left"), "column 'closed'", "--drop closed");
        assertThat(train(lines, "score", "left", "--drop", "closed").code()).isZero();
        Said kept = train(lines, "score", "left", "--keep", "closed");
        assertThat(kept.code()).isZero();
        assertThat(kept.err()).contains("column 'closed': tells 'left' by itself");
    }

    @Test
    void aThresholdThatTellsTheLabelIsALeakToo() {
        List<String> lines =
                withColumn("refund", (i, row) -> String.valueOf(row.contains(",yes,") ? 100 + i * 0.37 : i * 0.11));
        assertRefused(train(lines, "score", "left"), "column 'refund'");
    }

    @Test
    void idsAndConstantsAreLeftOutByName() {
        Said ids = train(withColumn("customer_id", (i, row) -> String.valueOf(7_000 + i)), "score", "left");
        assertThat(ids.code()).isZero();
        assertThat(ids.err()).contains("column 'customer_id': looks like an id");
        Said constant = train(withColumn("country", (i, row) -> "AT"), "score", "left");
        assertThat(constant.err()).contains("column 'country': is 'AT' in every row: left out");
    }

    @Test
    void missingCellsAndMissingLabelsAreCounted() {
        Said said = train(
                edited(
                        edited(TestingFiles.customers(), 5, row -> row.replaceFirst("^\\d+", "")),
                        9,
                        row -> row.replaceAll("yes|no", "")),
                "score",
                "left");
        assertThat(said.code()).isZero();
        assertThat(said.err())
                .contains("column 'age': 1 of 239 cells are missing")
                .contains("column 'left': 1 of 240 rows have no label and are left out (line 9)");
    }

    @Test
    void duplicatesAndContradictionsAreNamedByLine() {
        List<String> lines = TestingFiles.messages();
        lines.add("700," + lines.get(1).split(",", 2)[1]);
        lines.add("701," + lines.get(2).split(",")[1].toUpperCase(Locale.ROOT) + "!,electricity");
        lines.add("702," + lines.get(3).split(",")[1] + ",electricity");
        Said said = train(lines, "classify", "team");
        assertThat(said.code()).isZero();
        assertThat(said.err())
                .contains("have the same input as an earlier row")
                .contains("nearly the same text as an earlier row")
                .containsPattern(
                        "warning rows: \\d+ rows have the same input as others with another 'team' \\(lines .*4.*124\\)");
    }

    @Test
    void rareLabelsAreLeftOutAndOneLabelIsNoTask() {
        List<String> lines = TestingFiles.messages();
        lines.add("800,the roof leaks and it rains,roof");
        Said said = train(lines, "classify", "team");
        assertThat(said.code()).isZero();
        assertThat(said.err()).contains("label 'roof': rows with it: 1, expected at least 8");
        List<String> one = TestingFiles.messages().stream()
                .filter(line -> !line.endsWith("electricity"))
                .toList();
        directory.resolve("out").toFile().renameTo(directory.resolve("before").toFile());
        assertRefused(train(one, "classify", "team"), "column 'team'", "expected at least two");
    }

    @Test
    void brokenRowsAreNamedByLine() {
        List<String> lines = edited(edited(TestingFiles.customers(), 4, row -> row + ",more"), 7, row -> "1,2");
        assertRefused(train(lines, "score", "left"), "line 4: 6 cells, expected 5", "line 7: 2 cells");
    }

    @Test
    void anotherEncodingIsNamedByLine() throws IOException {
        Path file = directory.resolve("latin.csv");
        Files.write(file, edited(TestingFiles.customers(), 12, row -> "ä" + row), StandardCharsets.ISO_8859_1);
        assertRefused(train(file, "score", "left"), "latin.csv:12: not UTF-8", "Latin-1");
    }

    @Test
    void whatSpreadsheetsCallUnicodeIsNamed() throws IOException {
        Path file = directory.resolve("unicode.csv");
        Files.write(file, TestingFiles.customers(), StandardCharsets.UTF_16);
        assertRefused(train(file, "score", "left"), "unicode.csv:1: not UTF-8", "it may be UTF-16");
    }

    @Test
    void anEmptyFileIsCalledEmpty() throws IOException {
        Path file = Files.createFile(directory.resolve("nothing.csv"));
        assertRefused(train(file, "score", "left"), "nothing.csv is empty");
    }

    @Test
    void aQuoteThatIsNotClosedIsNamedByTheLineThatItStandsIn() {
        List<String> open = edited(TestingFiles.customers(), 12, row -> "\"" + row);
        assertRefused(train(open, "score", "left"), "data.csv:12:", "a quote \" is not closed");
        List<String> inside = edited(edited(TestingFiles.customers(), 12, row -> "\"" + row), 14, row -> "4\"5" + row);
        assertRefused(train(inside, "score", "left"), "data.csv:12:", "a quote \" is not closed");
    }

    @Test
    void decimalCommasAreToldBecauseTheyAreNoNumbers() {
        List<String> lines = withColumn("balance", (i, row) -> i % 7 == 0 ? String.valueOf(i) : "\"" + i + ",5\"");
        Said said = train(lines, "score", "left");
        assertThat(said.err()).contains("column 'balance': has numbers with a decimal comma, such as '1,5'");
    }

    @Test
    void aHorizonBeyondWhatCanBeForecastIsRefusedWithTheFurthest() {
        assertRefused(
                train(TestingFiles.hours(), "forecast", "load", "--horizon", "721"), "--horizon is '721'", "1 to 720");
    }

    @Test
    void spansOutsideTheTextAreNamedByLine() {
        List<String> lines = edited(
                TestingFiles.marked(),
                3,
                row -> "{\"text\": \"short\", \"spans\": [{\"start\": 2, \"end\": 99, \"label\": \"amount\"}]}");
        assertRefused(
                train(TestingFiles.write(directory, "s.jsonl", lines), "extract", "spans"),
                "s.jsonl:3:",
                "expected start, end (up to 5, counted in Unicode code points)");
    }

    @Test
    void timesThatGoBackAreNamedByLine() {
        List<String> lines =
                edited(TestingFiles.hours(), 20, row -> "2025-01-01T00:00" + row.substring(row.indexOf(',')));
        assertRefused(train(lines, "forecast", "load"), "column 'time'", "not after the one before", "line 20");
    }

    @Test
    void aNameThatIsNoIdIsRefused() {
        Said said = TestingFiles.train(
                new TestingEncoder(), "--from", "x.csv", "--type", "classify", "--label", "a", "--name", "../Up");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("--name is '../Up', expected lower-case words");
    }
}
