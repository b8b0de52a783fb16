package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header line as a value of type {@code table}. */
final class CsvTable {
    private CsvTable() {}

    static Value read(Path file) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (Reader text = new StringReader(TaskOptions.readText(file));
                CSVParser parser = CSVParser.parse(text, format)) {
            ListValue.Builder columns = ListValue.newBuilder();
            parser.getHeaderNames()
                    .forEach(name -> columns.addValues(Value.newBuilder()
                            .setStructValue(Struct.newBuilder().putFields("name", string(name)))));
            ListValue.Builder rows = ListValue.newBuilder();
            for (CSVRecord line : parser) {
                ListValue.Builder row = ListValue.newBuilder();
                line.forEach(cell -> row.addValues(string(cell)));
                rows.addValues(Value.newBuilder().setListValue(row));
            }
            return Value.newBuilder()
                    .setStructValue(Struct.newBuilder()
                            .putFields(
                                    "columns",
                                    Value.newBuilder().setListValue(columns).build())
                            .putFields(
                                    "rows",
                                    Value.newBuilder().setListValue(rows).build()))
                    .build();
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("'" + file + "' is not CSV with a header line: " + e.getMessage());
        }
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
