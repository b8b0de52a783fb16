package dev.pinfactory.specialists.tabular;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns rows into numbers. A column of numbers is one feature, a column of words one feature for each word that is frequent enough. */
record Columns(List<Column> all) {
    private static final int MAX_COLUMNS = 2_000;
    private static final int MAX_CATEGORIES = 64;
    private static final int RARE = 5;

    Columns {
        all = List.copyOf(all);
    }

    /**
     * One column.
     *
     * @param categories empty for a column of numbers
     */
    record Column(String name, List<String> categories) {
        Column {
            categories = List.copyOf(categories);
        }

        int features() {
            return Math.max(1, categories.size());
        }

        boolean isKnownIn(Row row) {
            Object cell = row.cell(name);
            if (cell == null) {
                return false;
            }
            return categories.isEmpty() ? Row.number(cell).isPresent() : categories.contains(word(cell));
        }
    }

    /** Finds what the columns hold. Columns that hold words which hardly repeat (names, keys) are left out. */
    static Columns find(List<Row> rows) {
        TreeSet<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.cells().keySet()));
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            List<Object> cells = rows.stream()
                    .map(row -> row.cells().get(name))
                    .filter(cell -> cell != null)
                    .toList();
            if (cells.stream().allMatch(cell -> Row.number(cell).isPresent())) {
                columns.add(new Column(name, List.of()));
                continue;
            }
            List<String> frequent = frequent(cells);
            if (!frequent.isEmpty()) {
                columns.add(new Column(name, frequent));
            }
        }
        return new Columns(columns);
    }

    private static List<String> frequent(List<Object> cells) {
        Map<String, Long> counts =
                cells.stream().collect(Collectors.groupingBy(Columns::word, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= RARE)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_CATEGORIES)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    int features() {
        return all.stream().mapToInt(Column::features).sum();
    }

    /**
     * How much is known of a row.
     *
     * @param weights of the columns
     * @throws IllegalArgumentException when a number has a decimal comma: as a hole it would only make the answer worse, and nothing would say why
     */
    double known(Row row, double[] weights) {
        double known = 0;
        for (int i = 0; i < weights.length; i++) {
            Column column = all.get(i);
            Object cell = row.cell(column.name());
            if (column.categories().isEmpty() && cell instanceof String text && Row.hasDecimalComma(text)) {
                throw new IllegalArgumentException("the column '" + column.name() + "' has '" + text
                        + "'; expected a number with a decimal point");
            }
            known += column.isKnownIn(row) ? weights[i] : 0;
        }
        return known;
    }

    /** The column that each feature comes from. */
    int[] columnOfFeature() {
        int[] columns = new int[features()];
        int at = 0;
        for (int column = 0; column < all.size(); column++) {
            for (int i = 0; i < all.get(column).features(); i++) {
                columns[at++] = column;
            }
        }
        return columns;
    }

    /** One number for each feature; NaN where it is not known. */
    double[] features(Row row) {
        double[] features = new double[features()];
        int at = 0;
        for (Column column : all) {
            Object cell = row.cell(column.name());
            if (column.categories().isEmpty()) {
                features[at] = Row.number(cell).orElse(Double.NaN);
            } else if (cell != null) {
                int category = column.categories().indexOf(word(cell));
                if (category >= 0) {
                    features[at + category] = 1;
                }
            }
            at += column.features();
        }
        return features;
    }

    /** 3.0 and "3" are the same word. */
    static String word(Object cell) {
        return cell instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf(number.longValue())
                : cell.toString();
    }

    void write(ModelOutput out) throws IOException {
        out.count(all.size());
        for (Column column : all) {
            out.word(column.name());
            out.words(column.categories());
        }
    }

    static Columns read(ModelInput in) throws IOException {
        int size = in.count(MAX_COLUMNS);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            columns.add(new Column(in.word(), in.words(MAX_CATEGORIES)));
        }
        return new Columns(columns);
    }
}
