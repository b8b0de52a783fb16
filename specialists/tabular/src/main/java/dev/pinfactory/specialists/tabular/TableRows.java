package dev.pinfactory.specialists.tabular;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows from a {@code table} artifact and back. */
public final class TableRows {
    private static final int MAX_COLUMNS = 2_000;

    private TableRows() {}

    /**
     * The rows of a table.
     *
     * @throws IllegalArgumentException when a row has another length than the columns, a column comes twice, or it is too large; the message names the place
     */
    public static List<Row> of(Artifact table, int maxRows) {
        String port = table.getName();
        Struct json = table.getJson().getStructValue();
        List<String> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Value column : json.getFieldsOrThrow("columns").getListValue().getValuesList()) {
            String name = column.getStructValue().getFieldsOrThrow("name").getStringValue();
            if (!seen.add(name)) {
                throw new IllegalArgumentException("'" + port + "' has the column '" + name + "' twice");
            }
            columns.add(name);
        }
        List<Value> rows = json.getFieldsOrThrow("rows").getListValue().getValuesList();
        limit(port, "rows", rows.size(), maxRows);
        limit(port, "columns", columns.size(), MAX_COLUMNS);
        List<Row> result = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            List<Value> cells = rows.get(i).getListValue().getValuesList();
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException("'%s' has %d cells in row %d, expected %d as there are columns"
                        .formatted(port, cells.size(), i, columns.size()));
            }
            result.add(row(columns, cells));
        }
        return result;
    }

    private static void limit(String port, String what, int count, int most) {
        if (count > most) {
            throw new IllegalArgumentException(
                    "'%s' has %,d %s, at most %,d are taken".formatted(port, count, what, most));
        }
    }

    private static Row row(List<String> columns, List<Value> cells) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            Value cell = cells.get(i);
            switch (cell.getKindCase()) {
                case NUMBER_VALUE -> row.put(columns.get(i), cell.getNumberValue());
                case BOOL_VALUE -> row.put(columns.get(i), String.valueOf(cell.getBoolValue()));
                case STRING_VALUE -> {
                    if (!cell.getStringValue().isBlank()) {
                        row.put(columns.get(i), cell.getStringValue().strip());
                    }
                }
                default -> {} // a hole
            }
        }
        return new Row(row);
    }

    /** A table artifact of the rows, with all columns that any of them has, in the order given. */
    public static Artifact artifact(String port, List<String> columns, List<Row> rows) {
        ListValue.Builder names = ListValue.newBuilder();
        for (String column : columns) {
            names.addValues(
                    Value.newBuilder().setStructValue(Struct.newBuilder().putFields("name", Cells.text(column))));
        }
        ListValue.Builder lines = ListValue.newBuilder();
        for (Row row : rows) {
            ListValue.Builder cells = ListValue.newBuilder();
            for (String column : columns) {
                cells.addValues(Cells.of(row.cell(column)));
            }
            lines.addValues(Value.newBuilder().setListValue(cells));
        }
        return table(port, names, lines).build();
    }

    static Artifact.Builder table(String port, ListValue.Builder columns, ListValue.Builder rows) {
        return Artifact.newBuilder()
                .setName(port)
                .setType("table")
                .setJson(Value.newBuilder()
                        .setStructValue(Struct.newBuilder()
                                .putFields(
                                        "columns",
                                        Value.newBuilder().setListValue(columns).build())
                                .putFields(
                                        "rows",
                                        Value.newBuilder().setListValue(rows).build())));
    }
}
