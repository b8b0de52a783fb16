package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Looks at the columns that could be learnt from: empty ones, constant ones, ids, free text, and those that tell the label by themselves. */
final class ColumnChecks {
    private static final double MANY_MISSING = 0.5;
    private static final double DISTINCT = 0.98;
    private static final double LEAK = 0.98;

    /** A column is only a leak if it tells much more than the most frequent label does. */
    private static final double LEAST_GAIN = 0.5;

    private static final double WORDS_OF_A_TEXT = 4;
    private static final double DISTINCT_OF_A_TEXT = 0.5;
    private static final Pattern ID_NAME =
            Pattern.compile("(^|.*[ _.-])(id|uuid|guid|key|nr|no|number|index|rowid)$|.*Id$|^id.*");

    private final String label;
    private final Set<String> keep;
    private final Findings findings;

    /** @param keep columns that the user insists on */
    ColumnChecks(String label, Set<String> keep, Findings findings) {
        this.label = label;
        this.keep = keep;
        this.findings = findings;
    }

    /** Whether people wrote sentences into the column. */
    static boolean isText(List<Line> rows, String column) {
        List<String> cells = rows.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        if (cells.isEmpty()) {
            return false;
        }
        double words = cells.stream()
                .mapToInt(cell -> cell.split("\\s+").length)
                .average()
                .orElse(0);
        return words >= WORDS_OF_A_TEXT && new HashSet<>(cells).size() >= DISTINCT_OF_A_TEXT * cells.size();
    }

    /** The columns that should not be learnt from. */
    Set<String> useless(Table table) {
        Set<String> useless = new LinkedHashSet<>();
        for (String column : table.columns()) {
            if (!column.equals(label) && isUseless(table.rows(), column) && !keep.contains(column)) {
                useless.add(column);
            }
        }
        return useless;
    }

    private boolean isUseless(List<Line> rows, String column) {
        String subject = "column '" + column + "'";
        List<String> cells = rows.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        int missing = rows.size() - cells.size();
        if (cells.isEmpty()) {
            findings.add(Finding.warning(subject, "is empty: left out", List.of()));
            return true;
        }
        if (missing > 0) {
            String message = "%,d of %,d cells are missing (%.1f %%)"
                    .formatted(missing, rows.size(), 100.0 * missing / rows.size());
            findings.add(
                    missing > MANY_MISSING * rows.size()
                            ? Finding.warning(subject, message, List.of())
                            : Finding.note(subject, message));
        }
        Set<String> distinct = new HashSet<>(cells);
        if (distinct.size() == 1 && missing == 0) {
            findings.add(Finding.warning(
                    subject, "is '" + shortened(cells.getFirst()) + "' in every row: left out", List.of()));
            return true;
        }
        commas(subject, cells);
        if (isId(column, cells, distinct.size())) {
            findings.add(Finding.warning(
                    subject,
                    "looks like an id (%,d different values in %,d cells): left out; --keep %s if it is none"
                            .formatted(distinct.size(), cells.size(), column),
                    List.of()));
            return true;
        }
        if (isText(rows, column)) {
            findings.add(Finding.warning(
                    subject,
                    "is free text, from which rows of a table do not learn: left out; --type classify --text " + column
                            + " does",
                    List.of()));
            return true;
        }
        return false;
    }

    /** What a spreadsheet writes where the decimal sign is a comma would be taken for words. */
    private void commas(String subject, List<String> cells) {
        List<String> written = cells.stream().filter(Row::hasDecimalComma).toList();
        if (!written.isEmpty()
                && cells.stream().allMatch(cell -> number(cell).isPresent() || Row.hasDecimalComma(cell))) {
            findings.add(Finding.warning(
                    subject,
                    "has numbers with a decimal comma, such as '" + written.getFirst()
                            + "', which are taken for words: expected a decimal point",
                    List.of()));
        }
    }

    private static boolean isId(String column, List<String> cells, int distinct) {
        if (distinct < DISTINCT * cells.size()) {
            return false;
        }
        boolean numbers = cells.stream().allMatch(cell -> number(cell).isPresent());
        if (!numbers) {
            return cells.stream().noneMatch(cell -> cell.contains(" "));
        }
        boolean whole = cells.stream().allMatch(cell -> cell.matches("-?\\d{1,18}"));
        return whole
                && (isCounting(cells)
                        || ID_NAME.matcher(column.toLowerCase(Locale.ROOT)).matches()
                        || column.endsWith("Id"));
    }

    private static boolean isCounting(List<String> cells) {
        long steps = IntStream.range(1, cells.size())
                .filter(i -> Long.parseLong(cells.get(i)) - Long.parseLong(cells.get(i - 1)) == 1)
                .count();
        return steps >= DISTINCT * (cells.size() - 1);
    }

    /** Columns that alone tell the label, which are mostly known only after it is. They stop the training until the user has said what they are. */
    void leaks(Table table) {
        List<Line> rows = table.rows();
        String[] labels = rows.stream().map(row -> row.cell(label)).toArray(String[]::new);
        Map<String, Integer> counts = new HashMap<>();
        Arrays.stream(labels).forEach(value -> counts.merge(value, 1, Integer::sum));
        double majority = (double) counts.values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0)
                / labels.length;
        for (String column : table.columns()) {
            if (column.equals(label)) {
                continue;
            }
            double accuracy = Math.max(byValue(rows, column, labels), byThreshold(rows, column, labels, counts));
            boolean leaks = accuracy >= LEAK && accuracy - majority >= LEAST_GAIN * (1 - majority);
            if (leaks && keep.contains(column)) {
                findings.add(Finding.warning(
                        "column '" + column + "'",
                        "tells '%s' by itself in %.1f %% of the rows, and was kept as you said"
                                .formatted(label, 100 * accuracy),
                        List.of()));
            } else if (leaks) {
                findings.add(Finding.error(
                        "column '" + column + "'",
                        ("tells '%s' by itself in %.1f %% of the rows: is it known only after the label? Expected columns that are known"
                                        + " before; --drop %s leaves it out, --keep %s learns from it")
                                .formatted(label, 100 * accuracy, column, column),
                        List.of()));
            }
        }
    }

    /** How often the other rows with the same value tell the label. */
    private static double byValue(List<Line> rows, String column, String[] labels) {
        Map<String, Map<String, Integer>> seen = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            seen.computeIfAbsent(rows.get(i).cell(column), value -> new HashMap<>())
                    .merge(labels[i], 1, Integer::sum);
        }
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            String own = labels[i];
            Map<String, Integer> here = seen.getOrDefault(rows.get(i).cell(column), Map.of());
            int same = here.getOrDefault(own, 0) - 1;
            int others = here.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(own))
                    .mapToInt(Map.Entry::getValue)
                    .max()
                    .orElse(0);
            right += same > 0 && same > others ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /** How often one threshold of a column of numbers tells two labels apart. */
    private static double byThreshold(List<Line> rows, String column, String[] labels, Map<String, Integer> counts) {
        if (counts.size() != 2) {
            return 0;
        }
        List<double[]> known = new ArrayList<>(); // value, 1 for the first label
        String first = labels[0];
        for (int i = 0; i < labels.length; i++) {
            OptionalDouble number = number(rows.get(i).cell(column));
            if (number.isPresent()) {
                known.add(new double[] {number.getAsDouble(), labels[i].equals(first) ? 1 : 0});
            }
        }
        known.sort((a, b) -> Double.compare(a[0], b[0]));
        double total = known.stream().mapToDouble(pair -> pair[1]).sum();
        double below = 0;
        double best = 0;
        for (int i = 0; i < known.size(); i++) {
            below += known.get(i)[1];
            if (i + 1 < known.size() && known.get(i + 1)[0] == known.get(i)[0]) {
                continue;
            }
            double right = below + (known.size() - i - 1) - (total - below);
            best = Math.max(best, Math.max(right, known.size() - right));
        }
        return best / labels.length;
    }

    static OptionalDouble number(String cell) {
        if (cell.isEmpty() || cell.length() > 40) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(cell);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
