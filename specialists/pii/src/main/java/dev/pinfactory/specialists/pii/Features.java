package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.learning.sequence.HashedFeatures;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.WordShape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * What the sequence model sees of each token: its letters, affixes and shape, its neighbours, what the recognizers say, and whether the word is one that is
 * usually written small. There are no lists of names: a name is known by its context and its looks, so that a name nobody has listed is found too.
 */
final class Features {
    private static final String EDGE = "\u0002";

    private final String text;
    private final List<Token> tokens;
    private final String[] words;
    private final String[] shapes;
    private final String[] hints;
    private final String[] common;
    private final String casing;

    private Features(String text, List<Token> tokens, IntPredicate commonWords) {
        this.text = text;
        this.tokens = tokens;
        int n = tokens.size();
        words = new String[n];
        shapes = new String[n];
        hints = hints(text, tokens);
        common = new String[n];
        int capitals = 0;
        int letters = 0;
        for (int i = 0; i < n; i++) {
            String word = tokens.get(i).text();
            words[i] = plain(word);
            shapes[i] = WordShape.brief(word);
            boolean letter = Character.isLetter(word.codePointAt(0));
            common[i] = !letter
                    ? shapes[i].substring(0, 1)
                    : commonWords.test(HashedFeatures.hash("common", words[i])) ? "c" : "u";
            letters += letter ? 1 : 0;
            capitals += letter && Character.isUpperCase(word.codePointAt(0)) ? 1 : 0;
        }
        casing = capitals == 0 ? "none" : capitals * 10 > letters * 9 ? "all" : "some";
    }

    /** The hashes of each token's features. */
    static int[][] of(String text, List<Token> tokens, IntPredicate commonWords) {
        Features features = new Features(text, tokens, commonWords);
        int[][] all = new int[tokens.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = features.at(i);
        }
        return all;
    }

    /** The hash under which the model keeps a common word. */
    static int commonWordHash(String word) {
        return HashedFeatures.hash("common", plain(word));
    }

    private int[] at(int i) {
        HashedFeatures c = new HashedFeatures();
        String word = words[i];
        String full = tokens.get(i).text();
        c.add("b", "");
        c.add("w", word);
        c.add("s", WordShape.of(full));
        c.add("sc", shapes[i] + casing);
        c.add("l", Integer.toString(Math.min(full.length(), 20)));
        c.add("k", common[i] + shapes[i]);
        c.add("kk", at(common, i - 1) + common[i] + at(common, i + 1));
        c.add("sk", at(shapes, i - 1) + '|' + common[i] + shapes[i] + '|' + at(shapes, i + 1));
        c.add(
                "sss",
                at(shapes, i - 2)
                        + '|'
                        + at(shapes, i - 1)
                        + '|'
                        + shapes[i]
                        + '|'
                        + at(shapes, i + 1)
                        + '|'
                        + at(shapes, i + 2));
        for (int length = 1; length <= 4 && length < word.length(); length++) {
            c.add("p" + length, word.substring(0, length));
            c.add("e" + length, word.substring(word.length() - length));
        }
        for (int offset = -3; offset <= 3; offset++) {
            if (offset == 0) {
                continue;
            }
            c.add("w" + offset, at(words, i + offset));
            c.add("k" + offset, at(common, i + offset) + at(shapes, i + offset));
        }
        c.add("w-1w", at(words, i - 1) + '|' + word);
        c.add("ww+1", word + '|' + at(words, i + 1));
        c.add("w-2w-1", at(words, i - 2) + '|' + at(words, i - 1));
        c.add("w-2w-1k", at(words, i - 2) + '|' + at(words, i - 1) + '|' + common[i] + shapes[i]);
        c.add("w-1k", at(words, i - 1) + '|' + common[i] + shapes[i]);
        c.add("w+1k", at(words, i + 1) + '|' + common[i] + shapes[i]);
        c.add("w-1w+1", at(words, i - 1) + '|' + at(words, i + 1));
        c.add("w-1w-2w-3", at(words, i - 1) + '|' + at(words, i - 2) + '|' + at(words, i - 3));
        c.add("w+1w+2", at(words, i + 1) + '|' + at(words, i + 2));
        if (!hints[i].isEmpty()) {
            c.add("h", hints[i]);
            c.add("hw-1", hints[i] + '|' + at(words, i - 1));
            c.add("hw-2", hints[i] + '|' + at(words, i - 2));
        }
        c.add("h+1", at(hints, i + 1));
        c.add("g", gapBefore(i) + gapBefore(i + 1));
        c.add("gk", gapBefore(i) + common[i] + shapes[i] + gapBefore(i + 1));
        return c.toArray();
    }

    /** The strongest of: a new line, a blank, nothing. */
    private String gapBefore(int i) {
        if (i <= 0 || i >= tokens.size()) {
            return "\n";
        }
        String gap = text.substring(tokens.get(i - 1).end(), tokens.get(i).start());
        if (gap.indexOf('\n') >= 0) {
            return "\n";
        }
        return gap.isEmpty() ? "" : " ";
    }

    private static String at(String[] values, int i) {
        return i < 0 || i >= values.length ? EDGE : values[i];
    }

    private static String[] hints(String text, List<Token> tokens) {
        String[] hints = new String[tokens.size()];
        Arrays.fill(hints, "");
        for (Recognizer.Hit hit : Recognizer.find(text)) {
            for (int i = Token.firstFrom(tokens, hit.start());
                    i < hints.length && tokens.get(i).end() <= hit.end();
                    i++) {
                hints[i] += (tokens.get(i).start() == hit.start() ? "B" : "I")
                        + hit.by().name();
            }
        }
        return hints;
    }

    /** Small letters; numbers count by their length, except years and single digits. */
    private static String plain(String word) {
        if (!Character.isDigit(word.codePointAt(0))) {
            return word.toLowerCase(Locale.ROOT);
        }
        return word.length() == 1 ? word : "0".repeat(Math.min(word.length(), 12));
    }
}
