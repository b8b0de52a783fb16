package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.workshop.data.Table.Line;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at the labels of rows: missing, too many kinds, too few of a kind, lopsided. */
final class LabelChecks {
    /** Two to test with, and enough for the folds of training. */
    static final int FEWEST_OF_A_LABEL = 8;

    static final int FEWEST_ROWS = 40;
    static final int MOST_LABELS = 200;
    private static final double MOST_MISSING = 0.5;
    private static final double LOPSIDED = 0.9;
    private static final double RARE = 0.02;

    private final String label;
    private final Findings findings;

    LabelChecks(String label, Findings findings) {
        this.label = label;
        this.findings = findings;
    }

    /** The rows that have a label. */
    List<Line> known(Table table) {
        List<Line> without =
                table.rows().stream().filter(row -> row.cell(label).isEmpty()).toList();
        if (without.isEmpty()) {
            return table.rows();
        }
        double share = (double) without.size() / table.rows().size();
        String message = "%,d of %,d rows have no label"
                .formatted(without.size(), table.rows().size());
        findings.add(
                share > MOST_MISSING
                        ? Finding.error(subject(), message + ", expected one in at least half of them", lines(without))
                        : Finding.warning(subject(), message + " and are left out", lines(without)));
        return table.rows().stream().filter(row -> !row.cell(label).isEmpty()).toList();
    }

    /** The rows whose label has enough of them. */
    List<Line> frequent(List<Line> rows) {
        Map<String, List<Line>> byLabel =
                rows.stream().collect(Collectors.groupingBy(row -> row.cell(label), TreeMap::new, Collectors.toList()));
        if (byLabel.size() > MOST_LABELS && byLabel.size() > rows.size() / 20) {
            findings.add(Finding.error(
                    subject(),
                    "has %,d different values in %,d rows, expected a few classes; numbers (with a decimal point) are for --type score"
                            .formatted(byLabel.size(), rows.size()),
                    List.of()));
            return rows;
        }
        Set<String> rare = byLabel.entrySet().stream()
                .filter(entry -> entry.getValue().size() < FEWEST_OF_A_LABEL)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        byLabel.forEach((value, some) -> {
            if (rare.contains(value)) {
                findings.add(Finding.warning(
                        "label '" + value + "'",
                        "rows with it: %d, expected at least %d; they are left out, so it is never answered"
                                .formatted(some.size(), FEWEST_OF_A_LABEL),
                        lines(some)));
            }
        });
        byLabel.keySet().removeAll(rare);
        if (byLabel.size() < 2) {
            findings.add(Finding.error(
                    subject(),
                    "%d of its values %s %d rows or more, expected at least two"
                            .formatted(byLabel.size(), byLabel.size() == 1 ? "has" : "have", FEWEST_OF_A_LABEL),
                    List.of()));
            return rows;
        }
        if (byLabel.size() > MOST_LABELS) {
            findings.add(Finding.error(
                    subject(),
                    "has %,d labels, at most %d are taken".formatted(byLabel.size(), MOST_LABELS),
                    List.of()));
        }
        List<Line> kept =
                rows.stream().filter(row -> !rare.contains(row.cell(label))).toList();
        balance(byLabel, kept.size());
        enough(kept);
        return kept;
    }

    void enough(List<Line> rows) {
        if (rows.size() < FEWEST_ROWS) {
            findings.add(Finding.error(
                    "file",
                    "rows that can be used: %d, expected at least %d".formatted(rows.size(), FEWEST_ROWS),
                    List.of()));
        }
    }

    private void balance(Map<String, List<Line>> byLabel, int rows) {
        Map.Entry<String, List<Line>> largest = byLabel.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .orElseThrow();
        double share = (double) largest.getValue().size() / rows;
        if (share >= LOPSIDED) {
            findings.add(Finding.warning(
                    subject(),
                    "%.1f %% of the rows are '%s': whoever always says so is right that often; look at the figures of the other labels"
                            .formatted(100 * share, largest.getKey()),
                    List.of()));
        }
        byLabel.forEach((value, some) -> {
            if (some.size() < RARE * rows) {
                findings.add(Finding.warning(
                        "label '" + value + "'",
                        "is rare: %d of %,d rows (%.1f %%)".formatted(some.size(), rows, 100.0 * some.size() / rows),
                        List.of()));
            }
        });
    }

    private String subject() {
        return "column '" + label + "'";
    }

    static List<Integer> lines(List<Line> rows) {
        return rows.stream().map(Line::number).toList();
    }
}
