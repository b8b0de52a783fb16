package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Series of numbers at times.
 *
 * @param time column of times
 * @param names of the channels
 * @param channels one for each name, without holes
 */
public record SeriesTable(String time, List<String> times, List<String> names, List<double[]> channels) {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd[['T'][' ']HH:mm[:ss[.SSS]][XXX]]");

    private static final double MOST_MISSING = 0.1;
    private static final double MOST_UNEVEN = 0.05;

    public SeriesTable {
        times = List.copyOf(times);
        names = List.copyOf(names);
        channels = List.copyOf(channels);
    }

    /**
     * @param wanted channels; empty for all columns of numbers
     * @throws DataException when nothing could be learnt
     */
    public static SeriesTable of(Table table, Optional<String> time, List<String> wanted, Findings findings) {
        time.ifPresent(column -> Examples.require(table, "--time", column));
        wanted.forEach(column -> Examples.require(table, "--label", column));
        String timeColumn = time.orElseGet(() -> timeColumn(table));
        checkTimes(table, timeColumn, findings);
        List<String> names = new ArrayList<>();
        List<double[]> channels = new ArrayList<>();
        for (String column : wanted.isEmpty() ? table.columns() : wanted) {
            if (column.equals(timeColumn)) {
                continue;
            }
            double[] values = values(table, column, !wanted.isEmpty(), findings);
            if (values.length > 0) {
                names.add(column);
                channels.add(values);
            }
        }
        if (names.isEmpty()) {
            findings.add(Finding.error(
                    "file", "has no column of numbers (with a decimal point) that could be forecast", List.of()));
        }
        findings.stopAtErrors();
        return new SeriesTable(
                timeColumn,
                table.rows().stream().map(row -> row.cell(timeColumn)).toList(),
                names,
                channels);
    }

    private static String timeColumn(Table table) {
        return table.columns().stream()
                .filter(column -> table.rows().stream()
                        .limit(50)
                        .allMatch(row -> time(row.cell(column)).isPresent()))
                .findFirst()
                .orElseThrow(() -> new DataException(
                        "no column holds times such as 2026-03-14 or 2026-03-14T09:00:00; --time COLUMN names it"));
    }

    private static void checkTimes(Table table, String column, Findings findings) {
        String subject = "column '" + column + "'";
        List<Line> broken = new ArrayList<>();
        List<Line> backwards = new ArrayList<>();
        List<Line> after = new ArrayList<>();
        List<Duration> steps = new ArrayList<>();
        LocalDateTime before = null;
        for (Line row : table.rows()) {
            Optional<LocalDateTime> time = time(row.cell(column));
            if (time.isEmpty()) {
                broken.add(row);
                continue;
            }
            if (before != null && !time.get().isAfter(before)) {
                backwards.add(row);
            } else if (before != null) {
                steps.add(Duration.between(before, time.get()));
                after.add(row);
            }
            before = time.get();
        }
        if (!broken.isEmpty()) {
            findings.add(Finding.error(
                    subject,
                    "%d cells are no times, expected such as 2026-03-14T09:00:00".formatted(broken.size()),
                    LabelChecks.lines(broken)));
        }
        if (!backwards.isEmpty()) {
            findings.add(Finding.error(
                    subject,
                    "%d times are not after the one before, expected rows in the order of time, each time once"
                            .formatted(backwards.size()),
                    LabelChecks.lines(backwards)));
        }
        Map<Duration, Integer> counts = new TreeMap<>();
        steps.forEach(step -> counts.merge(step, 1, Integer::sum));
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(usual -> {
            // Months have 28 to 31 days.
            boolean months = usual.getKey().toDays() >= 28;
            List<Line> uneven = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                boolean near =
                        months && Math.abs(steps.get(i).minus(usual.getKey()).toDays()) <= 3;
                if (!near && !steps.get(i).equals(usual.getKey())) {
                    uneven.add(after.get(i));
                }
            }
            if (!uneven.isEmpty()) {
                String message = "of %,d steps %,d are not %s, as most are"
                        .formatted(steps.size(), uneven.size(), usual.getKey());
                findings.add(
                        uneven.size() > MOST_UNEVEN * steps.size()
                                ? Finding.error(subject, message + ", expected even steps", LabelChecks.lines(uneven))
                                : Finding.warning(
                                        subject,
                                        message + ": they are taken as if they were",
                                        LabelChecks.lines(uneven)));
            }
        });
    }

    private static Optional<LocalDateTime> time(String text) {
        try {
            TemporalAccessor time = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return Optional.of(
                    switch (time) {
                        case OffsetDateTime offset ->
                            offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
                        case LocalDateTime local -> local;
                        default -> LocalDate.from(time).atStartOfDay();
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Nothing where it is no column of numbers. */
    private static double[] values(Table table, String column, boolean asked, Findings findings) {
        String subject = "column '" + column + "'";
        List<Line> broken = new ArrayList<>();
        List<Line> missing = new ArrayList<>();
        double[] values = new double[table.rows().size()];
        for (int i = 0; i < values.length; i++) {
            Line row = table.rows().get(i);
            values[i] = ColumnChecks.number(row.cell(column)).orElse(Double.NaN);
            if (row.cell(column).isEmpty()) {
                missing.add(row);
            } else if (Double.isNaN(values[i])) {
                broken.add(row);
            }
        }
        if (!broken.isEmpty()) {
            String message = "%,d cells are no numbers".formatted(broken.size());
            findings.add(
                    asked
                            ? Finding.error(subject, message + ", expected numbers", LabelChecks.lines(broken))
                            : Finding.warning(subject, message + ": left out", LabelChecks.lines(broken)));
            return new double[0];
        }
        if (!missing.isEmpty()) {
            String message = "%,d of %,d values are missing".formatted(missing.size(), values.length);
            boolean tooMany = missing.size() > MOST_MISSING * values.length;
            findings.add(
                    tooMany
                            ? Finding.error(subject, message + ", expected at most 10 %", LabelChecks.lines(missing))
                            : Finding.warning(
                                    subject,
                                    message + " and are taken from a line between their neighbours",
                                    LabelChecks.lines(missing)));
            if (tooMany) {
                return new double[0];
            }
            fill(values);
        }
        if (Arrays.stream(values).distinct().count() == 1) {
            findings.add(
                    asked
                            ? Finding.error(
                                    subject,
                                    "is " + values[0] + " in every row, expected a series that varies",
                                    List.of())
                            : Finding.warning(subject, "is " + values[0] + " in every row: left out", List.of()));
            return new double[0];
        }
        return values;
    }

    private static void fill(double[] values) {
        int known = -1;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            for (int hole = known + 1; hole < i; hole++) {
                double share = known < 0 ? 1 : (double) (hole - known) / (i - known);
                values[hole] = (known < 0 ? 0 : (1 - share) * values[known]) + share * values[i];
            }
            known = i;
        }
        for (int hole = known + 1; hole < values.length && known >= 0; hole++) {
            values[hole] = values[known];
        }
    }
}
