package dev.pinfactory.proto.plan;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as people write them in English: 2024-03-05, 5 March 2024, March 5th, 2024, 5.3.2024, 25/12/2024. Whether 05/03/2024 is in March or in
 * May nobody can tell, so it is not read; nor are dates that depend on today.
 */
final class DateWords {
    private static final Pattern ISO = Pattern.compile("([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})");
    private static final Pattern DAY_FIRST =
            Pattern.compile("(?:the )?([0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]{3,9})\\.?,?[ -]([0-9]{4})");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("([a-z]{3,9})\\.? (?:the )?([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})");
    private static final Pattern DOTTED = Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4})");
    private static final Pattern SLASHED = Pattern.compile("([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private DateWords() {}

    static Optional<LocalDate> isoDate(String words) {
        String text = words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return date(iso.group(1), iso.group(2), iso.group(3));
        }
        Matcher dayFirst = DAY_FIRST.matcher(text);
        if (dayFirst.matches()) {
            return month(dayFirst.group(2)).flatMap(month -> date(dayFirst.group(3), month, dayFirst.group(1)));
        }
        Matcher monthFirst = MONTH_FIRST.matcher(text);
        if (monthFirst.matches()) {
            return month(monthFirst.group(1)).flatMap(month -> date(monthFirst.group(3), month, monthFirst.group(2)));
        }
        Matcher dotted = DOTTED.matcher(text);
        if (dotted.matches()) {
            return date(dotted.group(3), dotted.group(2), dotted.group(1));
        }
        Matcher slashed = SLASHED.matcher(text);
        return slashed.matches() ? slashed(slashed) : Optional.empty();
    }

    private static Optional<LocalDate> slashed(Matcher slashed) {
        int first = Integer.parseInt(slashed.group(1));
        int second = Integer.parseInt(slashed.group(2));
        if (first <= 12 && second <= 12 && first != second) {
            return Optional.empty();
        }
        return first > 12
                ? date(slashed.group(3), slashed.group(2), slashed.group(1))
                : date(slashed.group(3), slashed.group(1), slashed.group(2));
    }

    private static Optional<String> month(String name) {
        for (int i = 0; i < MONTHS.size(); i++) {
            String month = MONTHS.get(i);
            if (month.equals(name) || month.substring(0, 3).equals(name) || (i == 8 && name.equals("sept"))) {
                return Optional.of(Integer.toString(i + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
