package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rows that were checked and can be learnt from.
 *
 * @param rows with the columns that are learnt from, and the label
 * @param text the column of texts; empty where all columns are learnt from
 * @param groups rows with the same number say the same
 */
public record Examples(Table rows, String label, Optional<String> text, int[] groups) {
    /**
     * What the user said of the columns.
     *
     * @param text empty to find it, where there is one
     */
    public record Wish(String label, Optional<String> text, Set<String> drop, Set<String> keep) {
        public Wish {
            drop = Set.copyOf(drop);
            keep = Set.copyOf(keep);
        }
    }

    /**
     * With another word for one of the labels.
     *
     * @throws DataException when no row has it
     */
    public Examples relabelled(String option, String before, String after) {
        if (rows.rows().stream().noneMatch(row -> row.cell(label).equals(before))) {
            throw new DataException("%s is '%s', which no row has in the column '%s', or too few to learn from"
                    .formatted(option, before, label));
        }
        return new Examples(
                rows.withRows(rows.rows().stream()
                        .map(row -> row.cell(label).equals(before) ? row.with(label, after) : row)
                        .toList()),
                label,
                text,
                groups);
    }

    /** Columns that are learnt from. */
    public List<String> features() {
        return rows.columns().stream().filter(column -> !column.equals(label)).toList();
    }

    /**
     * For classes: of texts where there is a column of them, else of rows.
     *
     * @throws DataException when nothing could be learnt from them
     */
    public static Examples classes(Table file, Wish wish, Findings findings) {
        Table table = chosen(file, wish);
        LabelChecks labels = new LabelChecks(wish.label(), findings);
        List<Line> known = labels.known(table);
        findings.stopAtErrors();
        Table frequent = table.withRows(labels.frequent(known));
        findings.stopAtErrors();
        Optional<String> text = wish.text().or(() -> textColumn(frequent, wish.label()));
        return text.isPresent()
                ? ofTexts(frequent, wish, text.get(), findings)
                : ofRows(frequent, wish, true, findings);
    }

    /** For a number, or the probability of one of two labels, from rows. */
    public static Examples scores(Table file, Wish wish, boolean classes, Findings findings) {
        Table table = chosen(file, wish);
        LabelChecks labels = new LabelChecks(wish.label(), findings);
        List<Line> known = labels.known(table);
        List<Line> rows = classes ? labels.frequent(known) : known;
        labels.enough(rows);
        findings.stopAtErrors();
        return ofRows(table.withRows(rows), wish, classes, findings);
    }

    /** A label of numbers, of which there are more than classes. */
    public static boolean isNumber(Table table, String label) {
        List<String> values = table.rows().stream()
                .map(row -> row.cell(label))
                .filter(cell -> !cell.isEmpty())
                .toList();
        return !values.isEmpty()
                && values.stream().allMatch(value -> ColumnChecks.number(value).isPresent())
                && new TreeSet<>(values).size() > 2;
    }

    private static Table chosen(Table file, Wish wish) {
        require(file, "--label", wish.label());
        wish.text().ifPresent(text -> require(file, "--text", text));
        wish.drop().forEach(column -> require(file, "--drop", column));
        wish.keep().forEach(column -> require(file, "--keep", column));
        if (wish.text().filter(wish.label()::equals).isPresent()) {
            throw new DataException("--text and --label both name the column '" + wish.label() + "'");
        }
        if (wish.drop().contains(wish.label())) {
            throw new DataException("--drop names the label '" + wish.label() + "'");
        }
        Table table = file.without(wish.drop());
        if (table.columns().size() < 2) {
            throw new DataException("there is no column beside the label '" + wish.label() + "' to learn from");
        }
        return table;
    }

    /** @throws DataException when the file does not have the column */
    public static void require(Table file, String option, String column) {
        if (!file.columns().contains(column)) {
            throw new DataException("%s names the column '%s', which the file does not have; it has %s"
                    .formatted(option, column, file.columns().stream().limit(40).collect(Collectors.joining(", "))));
        }
    }

    /** The one with the longest texts. */
    private static Optional<String> textColumn(Table table, String label) {
        return table.columns().stream()
                .filter(column -> !column.equals(label) && ColumnChecks.isText(table.rows(), column))
                .max(Comparator.comparingLong(column -> table.rows().stream()
                        .mapToLong(row -> row.cell(column).length())
                        .sum()));
    }

    private static Examples ofTexts(Table table, Wish wish, String text, Findings findings) {
        List<Line> blank =
                table.rows().stream().filter(row -> row.cell(text).isEmpty()).toList();
        if (!blank.isEmpty()) {
            findings.add(Finding.warning(
                    "column '" + text + "'",
                    "rows without a text, left out: %,d".formatted(blank.size()),
                    LabelChecks.lines(blank)));
        }
        Set<String> unused = table.columns().stream()
                .filter(column -> !column.equals(text) && !column.equals(wish.label()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unused.isEmpty()) {
            findings.add(
                    Finding.note("column '" + text + "'", "is learnt from; not used: " + String.join(", ", unused)));
        }
        List<Line> rows =
                table.rows().stream().filter(row -> !row.cell(text).isEmpty()).toList();
        List<String> texts = rows.stream().map(row -> row.cell(text)).toList();
        tellingLabels(rows, text, wish.label(), findings);
        int[] groups = new DuplicateChecks(wish.label(), findings).groups(rows, texts, true, true);
        new LabelChecks(wish.label(), findings).enough(rows);
        findings.stopAtErrors();
        return new Examples(table.withRows(rows).without(unused), wish.label(), Optional.of(text), groups);
    }

    /** Texts that spell their own label were mostly written after it was known. */
    private static void tellingLabels(List<Line> rows, String text, String label, Findings findings) {
        List<Line> telling = rows.stream()
                .filter(row -> row.cell(label).length() > 2
                        && Duplicates.plain(row.cell(text)).contains(Duplicates.plain(row.cell(label))))
                .toList();
        if (telling.size() > 0.5 * rows.size()) {
            findings.add(Finding.warning(
                    "column '" + text + "'",
                    "%,d of %,d texts spell out their label: were they written before it was known?"
                            .formatted(telling.size(), rows.size()),
                    LabelChecks.lines(telling)));
        }
    }

    private static Examples ofRows(Table table, Wish wish, boolean classes, Findings findings) {
        ColumnChecks columns = new ColumnChecks(wish.label(), wish.keep(), findings);
        Table useful = table.without(columns.useless(table));
        List<String> features = useful.columns().stream()
                .filter(column -> !column.equals(wish.label()))
                .toList();
        if (features.isEmpty()) {
            findings.add(Finding.error("file", "has no column left to learn from, expected at least one", List.of()));
        }
        findings.stopAtErrors();
        if (classes) {
            columns.leaks(useful);
        }
        List<String> inputs = useful.rows().stream()
                .map(row -> features.stream().map(row::cell).collect(Collectors.joining("\u0001")))
                .toList();
        int[] groups = new DuplicateChecks(wish.label(), findings).groups(useful.rows(), inputs, false, classes);
        findings.stopAtErrors();
        return new Examples(useful, wish.label(), Optional.empty(), groups);
    }
}
