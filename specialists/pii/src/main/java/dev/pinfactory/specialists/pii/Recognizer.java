package dev.pinfactory.specialists.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what has a form of its own. A {@code certain} one decides by itself, since its form or its check digits leave no doubt; the others only hint, and
 * the sequence model decides from the context. Patterns have no nested repetition, so their time is linear in the text.
 */
enum Recognizer {
    EMAIL_ADDRESS(true, "[\\w.+%'-]{1,64}+@[\\p{L}\\d](?:[\\p{L}\\d-]{0,62}\\.){1,8}\\p{L}{2,24}", match -> true),
    URL(true, "(?i)\\b(?:https?|ftp)://[^\\s<>\"'`|\\\\^{}\\])]{3,2000}", match -> true),
    WWW(true, "(?i)\\bwww\\.[\\p{L}\\d-]{1,63}(?:\\.[\\p{L}\\d-]{1,63}){1,6}(?:/[^\\s<>\"')]{0,2000})?", match -> true),
    IPV4(true, "(?<![\\d.])\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?![\\d]|\\.\\d)", Recognizer::fourBytes),
    IPV6(true, "(?i)(?<![:\\w])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![:\\w])", match -> true),
    IPV6_SHORT(true, "(?i)(?<![:\\w])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![:\\w])", match -> true),
    MAC(true, "(?i)(?<![:\\w])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![:\\w])", match -> true),
    IBAN_CODE(
            true,
            "(?i)\\b[a-z]{2}\\d{2}(?:[ -]?[a-z\\d]{4}){2,7}(?:[ -]?[a-z\\d]{1,4})?\\b",
            match -> Checksums.iban(match.group())),
    CARD_CHECKED(
            true,
            "(?<![\\d.,+-])(?:\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{4}(?:\\1\\d{1,3})?|\\d{4}([ -])\\d{6}\\2\\d{4,5}|\\d{13,19})(?![\\d]|[.,-]\\d)",
            match -> Checksums.luhn(match.group()) && plausibleIssuer(match.group())),
    US_SSN(true, "(?<![\\d-])(?!000|666)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\d-])", match -> true),
    CARD_LIKE(false, "(?<![\\d.])\\d{11,19}(?![\\d])", match -> true),
    PHONE_LIKE(
            false,
            "(?<![\\w.,])(?:\\+\\d{1,3}[ .-]?)?(?:\\(\\d{1,5}\\)[ .-]?)?\\d{2,5}(?:[ .-]\\d{2,5}){1,5}(?:[ ]?x\\d{1,5})?(?!\\w)",
            match -> digits(match.group()) >= 7 && digits(match.group()) <= 15),
    LONG_PHONE(false, "(?<![\\w.,])(?:\\+|00)\\d{8,14}(?!\\d)", match -> true),
    NUMERIC_DATE(
            false,
            "(?<![\\d/.-])(?:\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[/.]\\d{1,2}[/.](?:\\d{4}|\\d{2})|\\d{1,2}-\\d{1,2}-(?:\\d{4}|\\d{2}))(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?)?(?![\\d/-])",
            match -> true),
    YEAR(false, "(?<![\\w.,-])(?:19|20)\\d{2}(?![\\w-]|[.,]\\d)", match -> true);

    /** What was found where; offsets are Java string indices. */
    record Hit(Recognizer by, int start, int end) {}

    private final boolean certain;
    private final Pattern pattern;
    private final Predicate<MatchResult> check;

    Recognizer(boolean certain, String pattern, Predicate<MatchResult> check) {
        this.certain = certain;
        this.pattern = Pattern.compile(pattern);
        this.check = check;
    }

    boolean certain() {
        return certain;
    }

    /** The type of personal data that a certain hit stands for. */
    String type() {
        return switch (this) {
            case URL, WWW -> "DOMAIN_NAME";
            case IPV4, IPV6, IPV6_SHORT -> "IP_ADDRESS";
            case MAC -> "MAC_ADDRESS";
            case CARD_CHECKED, CARD_LIKE -> "CREDIT_CARD";
            case PHONE_LIKE, LONG_PHONE -> "PHONE_NUMBER";
            case NUMERIC_DATE, YEAR -> "DATE_TIME";
            case EMAIL_ADDRESS, IBAN_CODE, US_SSN -> name();
        };
    }

    /** All hits, earlier recognizers first; hits of different recognizers may overlap. */
    static List<Hit> find(String text) {
        List<Hit> hits = new ArrayList<>();
        for (Recognizer recognizer : values()) {
            Matcher matcher = recognizer.pattern.matcher(text);
            while (matcher.find()) {
                if (recognizer.check.test(matcher.toMatchResult())) {
                    hits.add(new Hit(recognizer, matcher.start(), recognizer.trimmedEnd(matcher)));
                }
            }
        }
        return hits;
    }

    /** The full stop or comma behind a URL belongs to the sentence. */
    private int trimmedEnd(Matcher matcher) {
        int end = matcher.end();
        if (this != URL && this != WWW) {
            return end;
        }
        String found = matcher.group();
        while (end - matcher.start() > 4 && ".,;:!?".indexOf(found.charAt(end - matcher.start() - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean fourBytes(MatchResult match) {
        for (String part : match.group().split("\\.")) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Issuers of payment cards begin their numbers with 1 to 6 (ISO/IEC 7812 major industry identifiers in use for payment). */
    private static boolean plausibleIssuer(String number) {
        return "23456".indexOf(number.charAt(0)) >= 0;
    }

    private static int digits(String text) {
        return (int) text.chars().filter(c -> c >= '0' && c <= '9').count();
    }
}
