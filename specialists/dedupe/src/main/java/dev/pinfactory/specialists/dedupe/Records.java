package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.tabular.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of a table, ready to be compared: their cells, how telling each column is, and how rare each token. */
final class Records {
    private final List<@Nullable Cell[]> rows = new ArrayList<>();
    private final List<Set<String>> tokens = new ArrayList<>();
    private final double[] distinct;
    private final Map<String, Double> rarity = new HashMap<>();
    private final double[] lengths;

    /** @param columns those that are compared */
    Records(List<Row> table, List<String> columns) {
        distinct = new double[columns.size()];
        Map<String, Integer> frequency = new HashMap<>();
        List<Set<String>> seen = new ArrayList<>();
        int[] present = new int[columns.size()];
        columns.forEach(column -> seen.add(new HashSet<>()));
        for (Row row : table) {
            @Nullable Cell[] cells = new Cell[columns.size()];
            Set<String> own = new TreeSet<>(); // in order, so that sums are the same each time
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
        frequency.forEach(
                (token, count) -> rarity.put(token, Math.log((1.0 + size()) / count) / Math.log(1.0 + size())));
        lengths = tokens.stream()
                .mapToDouble(own -> own.stream().mapToDouble(this::square).sum())
                .toArray();
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

    /**
     * Tokens that two rows have in common.
     *
     * @param cosine their weight, of all that is in either row; the rare weigh more
     * @param rarest 1 where one of them is in no other row, 0 where they are in all
     */
    record Shared(double cosine, double rarest) {}

    Shared shared(int a, int b) {
        double both = 0;
        double rarest = 0;
        for (String token : tokens.get(a)) {
            if (tokens.get(b).contains(token)) {
                both += square(token);
                rarest = Math.max(rarest, rarity.getOrDefault(token, 1.0));
            }
        }
        double length = Math.sqrt(lengths[a] * lengths[b]);
        return new Shared(length == 0 ? 0 : both / length, rarest);
    }

    private double square(String token) {
        double rare = rarity.getOrDefault(token, 1.0);
        return rare * rare;
    }
}
