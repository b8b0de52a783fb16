package dev.pinfactory.specialists.tablereader;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a text's table is.
 *
 * @param columns names; empty where there is no table
 * @param rows cells as they stand in the text
 */
record LabelledTable(List<String> columns, List<List<String>> rows) {
    /** A cell by its place, and the name of a column by row -1. */
    record Cell(int row, int column, String content) {}

    LabelledTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** All that is not empty; numbers as numbers, so that 1,250.00 and 1250 are one. */
    Set<Cell> cells() {
        Set<Cell> cells = new HashSet<>();
        for (int c = 0; c < columns.size(); c++) {
            cells.add(new Cell(-1, c, columns.get(c)));
            int column = c;
            List<String> values = rows.stream().map(row -> row.get(column)).toList();
            boolean number = CellType.of(values) == CellType.NUMBER;
            boolean comma = CellType.commaIsDecimal(values);
            for (int r = 0; r < values.size(); r++) {
                String value = values.get(r);
                if (!value.isEmpty()) {
                    String shown = number
                            ? String.valueOf(CellType.number(value, comma).orElseThrow())
                            : value;
                    cells.add(new Cell(r, c, shown));
                }
            }
        }
        return cells;
    }
}
