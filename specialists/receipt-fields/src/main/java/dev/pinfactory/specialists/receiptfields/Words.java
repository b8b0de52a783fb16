package dev.pinfactory.specialists.receiptfields;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words as features: capitals, digits by their number, signs dropped. */
final class Words {
    private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\d]+|(?<=\\p{L})(?=\\d)|(?<=\\d)(?=\\p{L})");

    private static final Pattern LETTERS = Pattern.compile("\\p{L}+");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern POSTCODE = Pattern.compile("(?<!\\d)\\d{5}(?!\\d)");

    private Words() {}

    static List<String> of(String text) {
        return BREAK.splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .map(Words::plain)
                .toList();
    }

    /** A coarse look: A for words, digits by their number, signs as they are. */
    static String shape(String text) {
        String letters = LETTERS.matcher(text).replaceAll("A");
        String digits =
                DIGITS.matcher(letters).replaceAll(run -> digits(run.group().length()));
        return BLANKS.matcher(digits).replaceAll(" ");
    }

    private static String digits(int count) {
        if (count > 5) {
            return "9";
        }
        return count == 5 ? "5" : count > 1 ? "3" : "1";
    }

    /** What a line of an address has: how it begins, a postcode, commas, labels, brackets, and how much of it is digits. */
    static String form(String line) {
        long digits = line.chars().filter(Character::isDigit).count();
        return (Character.isDigit(line.charAt(0)) ? "0" : "A")
                + (hasPostcode(line) ? "p" : "")
                + (line.contains(",") ? "," : "")
                + (line.contains(":") ? ":" : "")
                + (line.startsWith("(") ? "(" : "")
                + Math.min(3, digits * 4 / line.length());
    }

    static boolean hasPostcode(String text) {
        return POSTCODE.matcher(text).find();
    }

    /** The last sign; A for letters and digits. */
    static String lastSign(String text) {
        char last = text.charAt(text.length() - 1);
        return Character.isLetter(last) || (last >= '0' && last <= '9') ? "A" : String.valueOf(last);
    }

    static String last(List<String> words, int count) {
        return String.join(" ", words.subList(Math.max(0, words.size() - count), words.size()));
    }

    static String first(List<String> words, int count) {
        return String.join(" ", words.subList(0, Math.min(words.size(), count)));
    }

    private static String plain(String word) {
        return Character.isDigit(word.charAt(0))
                ? "0".repeat(Math.min(9, word.length()))
                : word.toUpperCase(Locale.ROOT);
    }
}
