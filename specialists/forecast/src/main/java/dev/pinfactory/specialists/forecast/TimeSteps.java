package dev.pinfactory.specialists.forecast;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;

/**
 * Times at even steps, and how they go on.
 *
 * @param months of a step; 0 where {@code step} counts
 * @param written form of the times that were given
 */
record TimeSteps(LocalDateTime first, int count, long months, Duration step, Form written) {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd[['T'][' ']HH:mm[:ss[.SSS]][XXX]]");

    /** Clocks round. */
    private static final int TOLERANCE = 100;

    /** How a time is written. */
    enum Form {
        DATE,
        LOCAL,
        OFFSET
    }

    private record Time(LocalDateTime value, Form form) {}

    /**
     * Reads times.
     *
     * @throws IllegalArgumentException when one is no ISO 8601 time, or the steps are uneven; the message names it by its place
     */
    static TimeSteps of(String field, List<String> times) {
        List<Time> read = new ArrayList<>(times.size());
        for (int i = 0; i < times.size(); i++) {
            read.add(read(field + "[" + i + "]", times.get(i)));
            if (read.get(i).form() != read.getFirst().form()) {
                throw new IllegalArgumentException("%s[%d] is written otherwise than %s[0]".formatted(field, i, field));
            }
        }
        LocalDateTime first = read.getFirst().value();
        LocalDateTime second = read.size() > 1 ? read.get(1).value() : first.plusDays(1);
        Duration step = Duration.between(first, second);
        if (!step.isPositive()) {
            throw new IllegalArgumentException(field + "[1] is not after " + field + "[0]");
        }
        long months = ChronoUnit.MONTHS.between(first.withDayOfMonth(1), second.withDayOfMonth(1));
        TimeSteps byMonths =
                new TimeSteps(first, times.size(), months, step, read.getFirst().form());
        if (months > 0 && byMonths.uneven(read) < 0) {
            return byMonths;
        }
        TimeSteps steps =
                new TimeSteps(first, times.size(), 0, step, read.getFirst().form());
        int uneven = steps.uneven(read);
        if (uneven >= 0) {
            throw new IllegalArgumentException("%s[%d] is %s, expected %s: steps have to be even, missing values null"
                    .formatted(field, uneven, times.get(uneven), steps.written(uneven)));
        }
        return steps;
    }

    private static Time read(String field, String text) {
        try {
            TemporalAccessor time = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return switch (time) {
                case OffsetDateTime offset ->
                    new Time(offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), Form.OFFSET);
                case LocalDateTime local -> new Time(local, Form.LOCAL);
                default -> new Time(LocalDate.from(time).atStartOfDay(), Form.DATE);
            };
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field + " is no ISO 8601 date or time such as 2026-03-14T09:00:00", e);
        }
    }

    /** The first place that is not where the steps lead; -1 where there is none. */
    private int uneven(List<Time> times) {
        for (int i = 1; i < times.size(); i++) {
            Duration off = Duration.between(at(i), times.get(i).value()).abs();
            if (off.compareTo(months > 0 ? Duration.ZERO : step.dividedBy(TOLERANCE)) > 0) {
                return i;
            }
        }
        return -1;
    }

    private LocalDateTime at(int index) {
        return months > 0 ? first.plusMonths(months * index) : first.plus(step.multipliedBy(index));
    }

    /** The times after the last one. */
    List<String> next(int horizon) {
        List<String> next = new ArrayList<>(horizon);
        for (int h = 0; h < horizon; h++) {
            next.add(written(count + h));
        }
        return next;
    }

    private String written(int index) {
        LocalDateTime time = at(index);
        return switch (written) {
            case DATE -> time.toLocalDate().toString();
            case LOCAL -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
            case OFFSET -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
        };
    }
}
