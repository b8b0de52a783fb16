package dev.pinfactory.specialists.normaliser;

import dev.pinfactory.specialists.normaliser.FoundValue.Type;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Dates with the name of a month: {@code 3. März 2025}, {@code March 3rd, 2025}, {@code 1er avril}, {@code Jan 2026}. The names are the JDK's, of Unicode's CLDR. */
final class NamedDates {
    private static final Map<String, Integer> MONTHS = months();
    private static final String MONTH = MONTHS.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?<month>", ")(?!\\p{L})\\.?"));
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final String BEGIN = "(?<![\\p{L}\\d.,/:])";
    private static final String YEAR = "(?<year>\\d{4})(?![\\d])";

    private static final Pattern DAY_FIRST = Pattern.compile(
            BEGIN + "(?<day>\\d{1,2})(?:st|nd|rd|th|er|\\.)?[ \\u00a0/-]{0,2}(?:of |de )?" + MONTH
                    + "(?:,? |[/-])?(?:of )?" + "(?:" + YEAR + "|(?<=[/-])(?<short>\\d{2})(?!\\d))?",
            FLAGS);
    private static final Pattern MONTH_FIRST = Pattern.compile(
            BEGIN + MONTH + "[ \\u00a0](?<day>\\d{1,2})(?!\\d)(?:st|nd|rd|th)?(?:,? " + YEAR + ")?", FLAGS);
    private static final Pattern NO_DAY = Pattern.compile(BEGIN + MONTH + " (?:of |de )?" + YEAR, FLAGS);

    private static final double SURE = 0.98;
    private static final double LIKELY = 0.9;

    private NamedDates() {}

    static List<FoundValue> find(String text) {
        List<FoundValue> found = new ArrayList<>();
        Matcher first = DAY_FIRST.matcher(text);
        while (first.find()) {
            String year = first.group("year") != null ? first.group("year") : first.group("short");
            add(first, year, found);
        }
        Matcher second = MONTH_FIRST.matcher(text);
        while (second.find()) {
            add(second, second.group("year"), found);
        }
        Matcher none = NO_DAY.matcher(text);
        while (none.find()) {
            if (isName(none) && none.group("year").charAt(0) != '0') {
                found.add(value(none, none.end(), Days.month(none.group("year"), month(none)), SURE));
            }
        }
        return found;
    }

    @SuppressWarnings("NullAway") // a group that is not there is null
    private static void add(Matcher matcher, String year, List<FoundValue> found) {
        if (!isName(matcher)) {
            return;
        }
        String month = String.valueOf(month(matcher));
        Optional<String> date = year == null
                ? Days.dayOfYear(month, matcher.group("day"))
                : Days.date(year, month, matcher.group("day"));
        int end = matcher.end();
        while (" -/,.".indexOf(matcher.group().charAt(end - 1 - matcher.start())) >= 0) {
            end--;
        }
        int last = end;
        date.ifPresent(day -> found.add(value(matcher, last, day, year == null ? LIKELY : SURE)));
    }

    private static FoundValue value(Matcher matcher, int end, String date, double confidence) {
        return new FoundValue(Type.DATE, matcher.start(), end, List.of(date), Optional.empty(), confidence);
    }

    /** English writes months with a capital: "may 5" and "march 5" are no dates. */
    private static boolean isName(Matcher matcher) {
        String name = matcher.group("month");
        return !name.equals("may") && !name.equals("march") && !name.equals("mar");
    }

    private static int month(Matcher matcher) {
        return MONTHS.getOrDefault(matcher.group("month").toLowerCase(Locale.ROOT), 0);
    }

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH)) {
            for (Month month : Month.values()) {
                for (TextStyle style : List.of(
                        TextStyle.FULL, TextStyle.FULL_STANDALONE, TextStyle.SHORT, TextStyle.SHORT_STANDALONE)) {
                    String name = month.getDisplayName(style, locale).toLowerCase(Locale.ROOT);
                    months.put(name.endsWith(".") ? name.substring(0, name.length() - 1) : name, month.getValue());
                }
            }
        }
        months.putAll(Map.of("sept", 9, "jänner", 1, "feber", 2, "mrz", 3, "fevrier", 2, "aout", 8, "decembre", 12));
        return Map.copyOf(months);
    }
}
