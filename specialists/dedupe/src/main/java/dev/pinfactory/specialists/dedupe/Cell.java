package dev.pinfactory.specialists.dedupe;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell in the forms in which it is compared.
 *
 * @param tokens its runs of letters and of digits, without accents, in lower case
 * @param compact all of them together
 * @param digits the runs of digits, without leading zeros
 * @param number its value, where it is a number
 * @param days what date it can be, where it is one: days since 1970, two where day and month can't be told apart
 */
record Cell(List<String> tokens, String compact, Set<String> digits, OptionalDouble number, Set<Long> days) {
    /** More of a cell says little more of who is meant. */
    private static final int MOST = 200;

    private static final Pattern TOKEN = Pattern.compile("\\p{L}++|\\d++");
    private static final Pattern ACCENT = Pattern.compile("\\p{M}");
    private static final Pattern NUMBER =
            Pattern.compile("\\D{0,4}(\\d{1,3}(?:[., ']\\d{3})*+|\\d++)([.,]\\d{1,2})?\\D{0,4}");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:[T ].*)?");
    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})[-/. ]{1,2}(\\d{1,2}|\\p{L}{3,9})[-/., ]{1,2}(\\d{4}|\\d{2})");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    Cell {
        tokens = List.copyOf(tokens);
        digits = Set.copyOf(digits);
        days = Set.copyOf(days);
    }

    static Cell of(Object value) {
        if (value instanceof Double number) {
            String written = number == Math.rint(number) && Math.abs(number) < 1e15
                    ? String.valueOf(number.longValue())
                    : String.valueOf(number);
            return new Cell(List.of(written), written, Set.of(bare(written)), OptionalDouble.of(number), Set.of());
        }
        String text = String.valueOf(value);
        String cut = text.length() > MOST ? text.substring(0, MOST) : text;
        List<String> tokens = new ArrayList<>();
        Set<String> digits = new HashSet<>();
        Matcher matcher = TOKEN.matcher(folded(cut));
        while (matcher.find()) {
            String token = matcher.group();
            if (Character.isDigit(token.charAt(0))) {
                token = bare(token);
                digits.add(token);
            }
            tokens.add(token);
        }
        Set<Long> days = days(cut.strip());
        return new Cell(
                tokens,
                String.join("", tokens),
                digits,
                days.isEmpty() ? number(cut.strip()) : OptionalDouble.empty(),
                days);
    }

    /** Letters without accents; the German ways around umlauts are one way. */
    static String folded(String text) {
        String plain = ACCENT.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return plain.replace("ß", "ss")
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("æ", "a")
                .replace("ue", "u")
                .replace("oe", "o")
                .replace("ae", "a");
    }

    private static String bare(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    private static OptionalDouble number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (text.length() > 24 || !matcher.matches()) {
            return OptionalDouble.empty();
        }
        String whole = matcher.group(1).replaceAll("\\D", "");
        String decimals = matcher.group(2) == null ? "" : "." + matcher.group(2).substring(1);
        return OptionalDouble.of(Double.parseDouble(whole + decimals));
    }

    private static Set<Long> days(String text) {
        Set<Long> days = new HashSet<>();
        Matcher first = YEAR_FIRST.matcher(text);
        if (first.matches()) {
            add(first.group(1), first.group(2), first.group(3), days);
            return days;
        }
        Matcher last = YEAR_LAST.matcher(text);
        if (!last.matches()) {
            return days;
        }
        String middle = last.group(2);
        if (Character.isLetter(middle.charAt(0))) {
            int month = MONTHS.indexOf(folded(middle).substring(0, Math.min(3, middle.length()))) + 1;
            add(last.group(3), String.valueOf(month), last.group(1), days);
            return days;
        }
        add(last.group(3), middle, last.group(1), days);
        add(last.group(3), last.group(1), middle, days);
        return days;
    }

    private static void add(String year, String month, String day, Set<Long> days) {
        try {
            int full = Integer.parseInt(year) + (year.length() == 2 ? 2000 : 0);
            days.add(LocalDate.of(full, Integer.parseInt(month), Integer.parseInt(day))
                    .toEpochDay());
        } catch (DateTimeException e) {
            // a number that looks like a date
        }
    }
}
