package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header line (comma, semicolon or tab), as a value of type {@code table} or values of type {@code series}.
 *
 * @param names of the columns
 * @param lines cells, as they are written
 */
record CsvTable(List<String> names, List<List<String>> lines) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    CsvTable {
        names = List.copyOf(names);
        lines = List.copyOf(lines);
    }

    static CsvTable read(Path file) {
        String written = TaskOptions.readText(file);
        String text = written.startsWith(BYTE_ORDER_MARK) ? written.substring(1) : written;
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(text))
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            return new CsvTable(
                    parser.getHeaderNames(),
                    parser.stream().map(CSVRecord::toList).toList());
        } catch (IOException | UncheckedIOException e) {
            throw new UsageException(
                    "'" + file + "' is not CSV: a quote \" is not closed, or not doubled in a quoted cell");
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + file + "' is not CSV with a header line: " + e.getMessage());
        }
    }

    /** What stands most often in the header; a comma, if nothing does. */
    private static char delimiter(String text) {
        String header = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            best = count(header, candidate) > count(header, best) ? candidate : best;
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** All of it, for specialists that read rows. */
    Value table() {
        return object(
                "columns",
                list(names, name -> object("name", string(name))),
                "rows",
                list(lines, line -> list(line, CsvTable::string)));
    }

    /**
     * Each column of numbers, with the column of times if there is one; what is neither is left out.
     *
     * @throws UsageException when no column holds numbers
     */
    List<Value> series(Path file) {
        List<Integer> columns = IntStream.range(0, names.size()).boxed().toList();
        List<Value> times = columns.stream()
                .filter(column -> holds(column, TIME))
                .limit(1)
                .map(column -> list(cells(column), CsvTable::string))
                .toList();
        List<Value> series = new ArrayList<>();
        for (int column : columns) {
            if (holds(column, NUMBER)) {
                Value values = list(cells(column), CsvTable::number);
                Struct.Builder one =
                        object("name", string(names.get(column)), "values", values).getStructValue().toBuilder();
                times.forEach(known -> one.putFields("times", known));
                series.add(Value.newBuilder().setStructValue(one).build());
            }
        }
        if (series.isEmpty()) {
            throw new UsageException("'" + file + "' has no column of numbers (with a decimal point) for a series");
        }
        return series;
    }

    private List<String> cells(int column) {
        return lines.stream()
                .map(line -> column < line.size() ? line.get(column).strip() : "")
                .toList();
    }

    private boolean holds(int column, Pattern wanted) {
        List<String> written =
                cells(column).stream().filter(cell -> !cell.isEmpty()).toList();
        return !written.isEmpty()
                && written.stream().allMatch(cell -> wanted.matcher(cell).matches());
    }

    private static Value number(String cell) {
        return cell.isEmpty()
                ? Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build()
                : Value.newBuilder().setNumberValue(Double.parseDouble(cell)).build();
    }

    private static <T> Value list(List<T> items, Function<T, Value> value) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder()
                        .addAllValues(items.stream().map(value).toList()))
                .build();
    }

    private static Value object(String key, Value value) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields(key, value))
                .build();
    }

    private static Value object(String key, Value value, String other, Value otherValue) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields(key, value).putFields(other, otherValue))
                .build();
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
