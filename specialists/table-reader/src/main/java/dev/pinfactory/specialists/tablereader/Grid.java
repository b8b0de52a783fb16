package dev.pinfactory.specialists.tablereader;

import java.util.List;

/**
 * Cells in rows and columns, before anything is known of their meaning.
 *
 * @param rows of equal length; what is missing is an empty string
 * @param ruled whether a rule stands below the first row, as in Markdown
 * @param confidence that rows and columns are these
 */
record Grid(List<GridRow> rows, boolean ruled, double confidence) {
    /**
     * A row.
     *
     * @param start index in the text's string where its first cell begins
     * @param end index behind its last
     */
    record GridRow(List<String> cells, int start, int end) {
        GridRow {
            cells = List.copyOf(cells);
        }

        long filled() {
            return cells.stream().filter(cell -> !cell.isEmpty()).count();
        }
    }

    Grid {
        rows = List.copyOf(rows);
    }

    int columns() {
        return rows.isEmpty() ? 0 : rows.getFirst().cells().size();
    }

    int size() {
        return rows.size() * columns();
    }
}
