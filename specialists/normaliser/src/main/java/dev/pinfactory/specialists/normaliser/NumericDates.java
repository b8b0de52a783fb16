package dev.pinfactory.specialists.normaliser;

import dev.pinfactory.specialists.normaliser.FoundValue.Type;
import dev.pinfactory.specialists.normaliser.Writing.DateOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of numbers only: {@code 2025-03-04}, {@code 04.03.2025}, {@code 3/4/25}. */
final class NumericDates {
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(?<![\\d\\p{L}./-])(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?!\\d)(?!\\2\\d)");
    private static final Pattern YEAR_LAST = Pattern.compile(
            "(?<![\\d\\p{L},./])(?<!-(?=\\d{1,2}[/-]))(\\d{1,2})([./-]) ?(\\d{1,2})\\2 ?(\\d{4}|\\d{2})(?!\\d)(?!\\2\\d)");

    /** Only after words that a day follows: "3.1." is else rather a section. */
    private static final Pattern NO_YEAR =
            Pattern.compile("(?<=\\b(?:am|vom|zum|bis|dem|den|der|ab|seit|und) )(\\d{1,2})\\. ?(\\d{1,2})\\.(?! ?\\d)");

    private static final double SURE = 0.98;
    private static final double LIKELY = 0.9;

    private NumericDates() {}

    static List<FoundValue> find(String text, Writing writing) {
        List<FoundValue> found = new ArrayList<>();
        Matcher first = YEAR_FIRST.matcher(text);
        while (first.find()) {
            Days.date(first.group(1), first.group(3), first.group(4))
                    .ifPresent(date -> found.add(value(first, List.of(date), SURE)));
        }
        Matcher last = YEAR_LAST.matcher(text);
        while (last.find()) {
            readYearLast(last, writing.order()).ifPresent(found::add);
        }
        if (writing.tongue().equals(Optional.of(Tongue.GERMAN))) {
            Matcher none = NO_YEAR.matcher(text);
            while (none.find()) {
                Days.dayOfYear(none.group(2), none.group(1))
                        .ifPresent(date -> found.add(value(none, List.of(date), LIKELY)));
            }
        }
        return found;
    }

    private static Optional<FoundValue> readYearLast(Matcher matcher, Optional<DateOrder> order) {
        boolean shortYear = matcher.group(4).length() == 2;
        boolean point = matcher.group(2).equals(".");
        boolean short2 = matcher.group(1).length() < 2 || matcher.group(3).length() < 2;
        if (shortYear && short2 && !matcher.group(2).equals("/")) {
            return Optional.empty(); // 2.4.10 is rather a version or a section
        }
        double confidence = shortYear ? LIKELY : SURE;
        Optional<String> dayFirst = Days.date(matcher.group(4), matcher.group(3), matcher.group(1));
        Optional<String> monthFirst =
                point ? Optional.empty() : Days.date(matcher.group(4), matcher.group(1), matcher.group(3));
        if (dayFirst.isPresent() && monthFirst.isPresent() && !dayFirst.equals(monthFirst)) {
            List<String> readings = order.map(
                            known -> List.of(known == DateOrder.DMY ? dayFirst.get() : monthFirst.get()))
                    .orElseGet(() -> List.of(dayFirst.get(), monthFirst.get()));
            return Optional.of(value(matcher, readings, Math.min(confidence, 0.95)));
        }
        return dayFirst.or(() -> monthFirst).map(date -> value(matcher, List.of(date), confidence));
    }

    /** The order that the text's own dates show: one of them has a number above twelve, and none contradicts. */
    static Optional<DateOrder> shown(String text) {
        boolean dayFirst = false;
        boolean monthFirst = false;
        Matcher matcher = YEAR_LAST.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(2).equals(".")) {
                dayFirst |= Days.date(matcher.group(4), matcher.group(1), matcher.group(3))
                        .isEmpty();
                monthFirst |= Days.date(matcher.group(4), matcher.group(3), matcher.group(1))
                        .isEmpty();
            }
        }
        if (dayFirst == monthFirst) {
            return Optional.empty();
        }
        return Optional.of(dayFirst ? DateOrder.DMY : DateOrder.MDY);
    }

    private static FoundValue value(Matcher matcher, List<String> readings, double confidence) {
        return new FoundValue(Type.DATE, matcher.start(), matcher.end(), readings, Optional.empty(), confidence);
    }
}
