package dev.pinfactory.specialists.receiptfields;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the source says, in the one form that the output uses. */
final class Normaliser {
    /** Day first, as most of the world writes; month first only where the day would be no month. */
    static final Pattern DATE =
            Pattern.compile("(?<![\\d/.-])(?:(?<y>(?:19|20)\\d{2})[-/.](?<m>\\d{1,2})[-/.](?<d>\\d{1,2})"
                    + "|(?<d2>\\d{1,2})(?<s>[-/.]) ?(?<m2>\\d{1,2})\\k<s> ?(?<y2>(?:19|20)\\d{2}|\\d{2})"
                    + "|(?<d3>\\d{1,2})(?:st|nd|rd|th)?[ /.-]{0,2}(?<mon>[A-Za-z]{3,9})[ /.,'-]{0,3}(?<y3>(?:19|20)\\d{2}|\\d{2})"
                    + "|(?<mon4>[A-Za-z]{3,9})\\.? (?<d4>\\d{1,2})(?:st|nd|rd|th)?,? {1,2}(?<y4>(?:19|20)\\d{2})"
                    + "|(?<y5>20[0-4]\\d)(?<m5>0[1-9]|1[0-2])(?<d5>[0-3]\\d))(?!\\d|[/-]\\d)");

    static final Pattern AMOUNT = Pattern.compile(
            "(?<![\\d.,/:-])(?:(?:RM|MYR|USD|EUR|GBP|CHF|[$€£])\\s?)?(?:\\d{1,3}(?:[,. ]\\d{3}){1,3}[.,]\\d{2}|\\d{1,7}[.,] ?\\d{2})(?![\\d%]|[.,/:-]\\d|\\s?%)");

    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("jan", 1),
            Map.entry("feb", 2),
            Map.entry("mar", 3),
            Map.entry("apr", 4),
            Map.entry("may", 5),
            Map.entry("mei", 5),
            Map.entry("mai", 5),
            Map.entry("jun", 6),
            Map.entry("jul", 7),
            Map.entry("aug", 8),
            Map.entry("sep", 9),
            Map.entry("oct", 10),
            Map.entry("okt", 10),
            Map.entry("nov", 11),
            Map.entry("dec", 12),
            Map.entry("dez", 12),
            Map.entry("dis", 12),
            Map.entry("ogo", 8));

    private Normaliser() {}

    /** The pieces one after the other, each run of white space one blank. */
    static Optional<String> words(List<String> pieces) {
        String joined = String.join(" ", pieces).strip().replaceAll("\\s+", " ");
        return joined.isEmpty() ? Optional.empty() : Optional.of(joined);
    }

    /** ISO 8601. */
    static Optional<String> date(String source) {
        Matcher matcher = DATE.matcher(source);
        return matcher.find() ? date(matcher) : Optional.empty();
    }

    static Optional<String> date(Matcher found) {
        if (found.group("y") != null) {
            return iso(found.group("y"), number(found, "m"), number(found, "d"));
        }
        if (found.group("y2") != null) {
            int first = number(found, "d2");
            int second = number(found, "m2");
            return second > 12 ? iso(found.group("y2"), first, second) : iso(found.group("y2"), second, first);
        }
        if (found.group("y3") != null) {
            return iso(found.group("y3"), month(found.group("mon")), number(found, "d3"));
        }
        if (found.group("y4") != null) {
            return iso(found.group("y4"), month(found.group("mon4")), number(found, "d4"));
        }
        return iso(found.group("y5"), number(found, "m5"), number(found, "d5"));
    }

    /** A decimal string: a point before the last two digits, nothing between thousands, no currency. */
    static Optional<String> amount(String source) {
        Matcher matcher = AMOUNT.matcher(source);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String digits = matcher.group().replaceAll("\\D", "");
        String whole = digits.substring(0, digits.length() - 2).replaceFirst("^0+(?=\\d)", "");
        return Optional.of((whole.isEmpty() ? "0" : whole) + "." + digits.substring(digits.length() - 2));
    }

    private static int number(Matcher found, String group) {
        return Integer.parseInt(found.group(group));
    }

    private static int month(String name) {
        return MONTHS.getOrDefault(name.substring(0, 3).toLowerCase(Locale.ROOT), 0);
    }

    private static Optional<String> iso(String year, int month, int day) {
        int fullYear = year.length() == 2 ? 2000 + Integer.parseInt(year) : Integer.parseInt(year);
        try {
            return Optional.of(LocalDate.of(fullYear, month, day).toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
