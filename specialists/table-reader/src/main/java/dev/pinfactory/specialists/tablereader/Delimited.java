package dev.pinfactory.specialists.tablereader;

import dev.pinfactory.specialists.tablereader.Grid.GridRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Tables whose cells a character parts: bars, tabulators, semicolons, commas. The longest run of lines with equally many cells is one. */
final class Delimited {
    private static final double CONFIDENCE = 0.97;

    /** Longer cells are sentences. */
    private static final int LONG = 60;

    private Delimited() {}

    /** @param fewest lines that can't be chance */
    private record Delimiter(char sign, int fewest, boolean inProse) {}

    private static final List<Delimiter> PLAIN =
            List.of(new Delimiter('|', 2, false), new Delimiter('\t', 2, false), new Delimiter(';', 2, true));
    private static final Delimiter COMMA = new Delimiter(',', 3, true);

    /** By bars, tabulators or semicolons, which hardly stand for anything else. */
    static Optional<Grid> find(List<Line> lines) {
        return PLAIN.stream()
                .flatMap(delimiter -> find(lines, delimiter).stream())
                .findFirst();
    }

    /** By commas, which also stand in sentences and numbers. */
    static Optional<Grid> byCommas(List<Line> lines) {
        return find(lines, COMMA);
    }

    private static Optional<Grid> find(List<Line> lines, Delimiter delimiter) {
        Grid best = new Grid(List.of(), false, 0);
        List<GridRow> run = new ArrayList<>();
        boolean ruled = false;
        for (Line line : lines) {
            if (delimiter.sign() == '|' && isRule(line.text())) {
                ruled |= run.size() == 1;
                continue;
            }
            List<String> cells = cells(line.text(), delimiter.sign());
            if (cells.size() < 2 || (!run.isEmpty() && run.getFirst().cells().size() != cells.size())) {
                best = better(best, run, ruled, delimiter);
                run = new ArrayList<>();
                ruled = false;
            }
            if (cells.size() >= 2) {
                run.add(new GridRow(
                        cells, line.start(), line.start() + line.text().length()));
            }
        }
        best = better(best, run, ruled, delimiter);
        return best.rows().isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static Grid better(Grid best, List<GridRow> run, boolean ruled, Delimiter delimiter) {
        if (run.size() < delimiter.fewest() || (delimiter.inProse() && isProse(run))) {
            return best;
        }
        Grid grid = new Grid(run.stream().map(Delimited::stripped).toList(), ruled, CONFIDENCE);
        return grid.size() > best.size() ? grid : best;
    }

    /** Sentences have blanks behind their commas. */
    private static boolean isProse(List<GridRow> rows) {
        List<String> behind =
                rows.stream().flatMap(row -> row.cells().stream().skip(1)).toList();
        long blanks = behind.stream().filter(cell -> cell.startsWith(" ")).count();
        boolean sentences = rows.stream().flatMap(row -> row.cells().stream()).anyMatch(cell -> cell.length() > LONG);
        return sentences || 2 * blanks > behind.size();
    }

    private static GridRow stripped(GridRow row) {
        return new GridRow(row.cells().stream().map(String::strip).toList(), row.start(), row.end());
    }

    private static List<String> cells(String line, char sign) {
        if (line.indexOf(sign) < 0) {
            return List.of();
        }
        if (sign == '|') {
            String inner = line.strip();
            // Without a bar in front, the last one stands before an empty cell.
            boolean framed = inner.startsWith("|");
            inner = framed ? inner.substring(1) : inner;
            inner = framed && inner.endsWith("|") ? inner.substring(0, inner.length() - 1) : inner;
            return Stream.of(inner.split("\\|", -1)).toList();
        }
        if (sign == '\t' || line.indexOf('"') < 0) {
            return Stream.of(line.split(sign == '\t' ? "\t" : String.valueOf(sign), -1))
                    .toList();
        }
        CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(sign).get();
        try (CSVParser parser = CSVParser.parse(line, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? records.getFirst().toList() : List.of();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // quotes that don't close: no CSV
        }
    }

    private static boolean isRule(String line) {
        String marks = line.strip();
        return marks.length() > 2
                && marks.chars().allMatch(c -> "|-+=: ".indexOf(c) >= 0)
                && (marks.indexOf('-') >= 0 || marks.indexOf('=') >= 0);
    }
}
