package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.tabular.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a table, ready to be compared: their cells, how telling each column is, and how rare each token. */
final class Records {
    private final List<@Nullable Cell[]> rows = new ArrayList<>();
    private final List<Set<String>> tokens = new ArrayList<>();
    private final double[] distinct;
    private final Map<String, Integer> frequency = new HashMap<>();

    /** @param columns those that are compared */
    Records(List<Row> table, List<String> columns) {
        distinct = new double[columns.size()];
        List<Set<String>> seen = new ArrayList<>();
        int[] present = new int[columns.size()];
        columns.forEach(column -> seen.add(new HashSet<>()));
        for (Row row : table) {
            @Nullable Cell[] cells = new Cell[columns.size()];
            Set<String> own = new HashSet<>();
            for (int c = 0; c < cells.length; c++) {
                Object value = row.cell(columns.get(c));
                if (value == null) {
                    continue;
                }
                Cell cell = Cell.of(value);
                if (cell.tokens().isEmpty()) {
                    continue;
                }
                cells[c] = cell;
                present[c]++;
                seen.get(c).add(cell.compact());
                own.addAll(cell.tokens());
            }
            rows.add(cells);
            tokens.add(own);
            own.forEach(token -> frequency.merge(token, 1, Integer::sum));
        }
        for (int c = 0; c < distinct.length; c++) {
            distinct[c] = present[c] == 0 ? 0 : (double) seen.get(c).size() / present[c];
        }
    }

    int size() {
        return rows.size();
    }

    int columns() {
        return distinct.length;
    }

    @Nullable
    Cell cell(int row, int column) {
        return rows.get(row)[column];
    }

    /** All tokens of a row. */
    Set<String> tokens(int row) {
        return tokens.get(row);
    }

    /** Share of a column's values that are different. */
    double distinct(int column) {
        return distinct[column];
    }

    /** 1 for a token that only one row has, 0 for one that all have. */
    double rarity(String token) {
        int count = frequency.getOrDefault(token, 1);
        return Math.log((1.0 + size()) / count) / Math.log(1.0 + size());
    }
}
