package dev.pinfactory.specialists.workshop.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file's rows as it was written: cells are texts, a blank one is missing.
 *
 * @param columns in the file's order
 */
public record Table(List<String> columns, List<Line> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param number line of the file that it begins on, from 1
     * @param cells by column; missing ones are not there
     */
    public record Line(int number, Map<String, String> cells) {
        public Line {
            cells = Map.copyOf(cells);
        }

        /** With another cell in place of one. */
        Line with(String column, String cell) {
            Map<String, String> changed = new HashMap<>(cells);
            changed.put(column, cell);
            return new Line(number, changed);
        }

        /** What stands in a column, "" where nothing does. */
        public String cell(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    public Table withRows(List<Line> chosen) {
        return new Table(columns, chosen);
    }

    /** Without some columns. */
    public Table without(Set<String> dropped) {
        if (dropped.isEmpty()) {
            return this;
        }
        List<String> kept =
                columns.stream().filter(column -> !dropped.contains(column)).toList();
        return new Table(
                kept,
                rows.stream()
                        .map(row -> {
                            Map<String, String> cells = new HashMap<>(row.cells());
                            cells.keySet().removeAll(dropped);
                            return new Line(row.number(), cells);
                        })
                        .toList());
    }
}
