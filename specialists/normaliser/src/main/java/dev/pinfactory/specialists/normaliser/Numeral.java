package dev.pinfactory.specialists.normaliser;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in digits, with the separators of English, German, French, Swiss and Indian writing. */
final class Numeral {
    /** Digits in groups with blanks or apostrophes, or digits with points and commas. No part of it can match in two ways. */
    static final Pattern PATTERN = Pattern.compile(
            "(?:(?<![\\p{L}\\p{N}_.,/:'’])|(?<=(?<!\\p{L})\\p{Lu}{3}))"
                    + "(?:\\d{1,3}(?:[ \\u00a0\\u202f'’]\\d{3}(?!\\d)){1,5}+(?:[.,]\\d{1,6}+)?+|\\d{1,15}+(?:[.,]\\d{1,6}+){0,6}+)(?!\\d)");

    private static final Pattern GROUPED =
            Pattern.compile("\\d{1,3}(?:(?:[.,]\\d{3})++|(?:[.,]\\d{2}(?!\\d))++[.,]\\d{3})");
    private static final int GROUP = 3;

    private Numeral() {}

    /** Which mark stands before the decimals. */
    enum Mark {
        POINT('.'),
        COMMA(',');

        private final char sign;

        Mark(char sign) {
            this.sign = sign;
        }
    }

    /**
     * What the digits can mean, as decimal strings: one reading, two where the only separator may be either, none where it is no number (a version, say).
     *
     * @param mark what this text uses, where that is known
     */
    static List<String> readings(String digits, Optional<Mark> mark) {
        String plain = digits.replaceAll("[ \\u00a0\\u202f'’]", "");
        boolean spaced = plain.length() < digits.length();
        int last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
        if (last < 0) {
            return List.of(plain);
        }
        char separator = plain.charAt(last);
        String before = plain.substring(0, last);
        String after = plain.substring(last + 1);
        char other = separator == '.' ? ',' : '.';
        if (before.indexOf(separator) >= 0) {
            boolean grouped =
                    before.indexOf(other) < 0 && GROUPED.matcher(plain).matches();
            return grouped ? List.of(bare(plain)) : List.of();
        }
        if (before.indexOf(other) >= 0) {
            return GROUPED.matcher(before).matches() ? List.of(bare(before) + "." + after) : List.of();
        }
        String decimal = before + "." + after;
        boolean either = !spaced && after.length() == GROUP && before.length() <= GROUP && !before.startsWith("0");
        if (!either) {
            return List.of(decimal);
        }
        return mark.map(known -> List.of(known.sign == separator ? decimal : before + after))
                .orElseGet(() -> List.of(before + after, decimal));
    }

    /** The mark that the text's own numbers show, where all that show one agree. */
    static Optional<Mark> shown(String text) {
        boolean point = false;
        boolean comma = false;
        Matcher matcher = PATTERN.matcher(text);
        while (matcher.find()) {
            String digits = matcher.group();
            int last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
            if (last < 0
                    || digits.length() - last - 1 == GROUP
                    || readings(digits, Optional.empty()).size() != 1) {
                continue;
            }
            // "3.4" may be a section or a day and a month; "3,4" and "1,234.56" are numbers.
            char separator = digits.charAt(last);
            comma |= separator == ',' && digits.indexOf(',') == last;
            point |= separator == '.' && (digits.indexOf(',') >= 0 || digits.length() - last > 2);
        }
        if (point == comma) {
            return Optional.empty();
        }
        return Optional.of(point ? Mark.POINT : Mark.COMMA);
    }

    private static String bare(String grouped) {
        return grouped.replace(".", "").replace(",", "");
    }
}
