package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.tabular.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A table of which it is known which rows are the same.
 *
 * @param entities what each row denotes; empty where that is not known
 */
record LabelledTable(List<String> columns, List<Row> rows, Optional<List<String>> entities) {
    LabelledTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        entities = entities.map(List::copyOf);
        if (entities.isPresent() && entities.get().size() != rows.size()) {
            throw new IllegalArgumentException("'entities' has "
                    + entities.get().size() + " names, expected " + rows.size() + " as there are rows");
        }
    }

    boolean same(int a, int b) {
        List<String> names = entities.orElseThrow();
        return names.get(a).equals(names.get(b));
    }

    /** {@code {"columns": [...], "rows": [[...]], "entities": [...]}}. */
    static LabelledTable of(JsonNode line) {
        List<String> columns = texts(line, "columns");
        List<Row> rows = new ArrayList<>();
        for (JsonNode cells : line.path("rows")) {
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "row %d has %d cells, expected %d".formatted(rows.size(), cells.size(), columns.size()));
            }
            Map<String, Object> row = new HashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                JsonNode cell = cells.get(i);
                if (cell.isNumber()) {
                    row.put(columns.get(i), cell.asDouble());
                } else if (cell.isString() && !cell.asString().isBlank()) {
                    row.put(columns.get(i), cell.asString());
                }
            }
            rows.add(new Row(row));
        }
        return new LabelledTable(
                columns, rows, line.has("entities") ? Optional.of(texts(line, "entities")) : Optional.empty());
    }

    static List<LabelledTable> read(java.nio.file.Path file) {
        return JsonLines.read(file, LabelledTable::of);
    }

    private static List<String> texts(JsonNode line, String member) {
        JsonNode array = line.path(member);
        if (!array.isArray()) {
            throw new IllegalArgumentException("member '" + member + "' is missing, expected a list of strings");
        }
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
