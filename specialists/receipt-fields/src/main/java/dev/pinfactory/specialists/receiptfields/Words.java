package dev.pinfactory.specialists.receiptfields;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words as features: capitals, digits by their number, signs dropped. */
final class Words {
    private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\d]+|(?<=\\p{L})(?=\\d)|(?<=\\d)(?=\\p{L})");

    private Words() {}

    static List<String> of(String text) {
        return BREAK.splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .map(Words::plain)
                .toList();
    }

    /** A coarse look: A for words, digits by their number, signs as they are. */
    static String shape(String text) {
        return text.replaceAll("\\p{L}+", "A")
                .replaceAll("\\d{6,}", "9")
                .replaceAll("\\d{5}", "5")
                .replaceAll("\\d{2,4}", "3")
                .replaceAll("\\d", "1")
                .replaceAll("\\s+", " ");
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
