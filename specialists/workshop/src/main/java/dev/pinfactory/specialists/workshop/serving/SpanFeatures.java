package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.specialists.learning.sequence.HashedFeatures;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.WordShape;
import java.util.List;
import java.util.Locale;

/** What the sequence model sees of each token: its letters, affixes and shape, and those of its neighbours. */
public final class SpanFeatures {
    private static final String EDGE = "\u0002";
    private static final int MAX_AFFIX = 4;
    private static final int WINDOW = 3;

    private SpanFeatures() {}

    /** The hashes of each token's features. */
    public static int[][] of(List<Token> tokens) {
        String[] words = tokens.stream()
                .map(token -> token.text().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        String[] shapes =
                tokens.stream().map(token -> WordShape.brief(token.text())).toArray(String[]::new);
        int[][] all = new int[words.length][];
        for (int i = 0; i < words.length; i++) {
            HashedFeatures f = new HashedFeatures();
            f.add("b", "");
            f.add("s", WordShape.of(tokens.get(i).text()));
            f.add("sss", at(shapes, i - 1) + '|' + shapes[i] + '|' + at(shapes, i + 1));
            for (int length = 1; length <= MAX_AFFIX && length < words[i].length(); length++) {
                f.add("p" + length, words[i].substring(0, length));
                f.add("e" + length, words[i].substring(words[i].length() - length));
            }
            for (int offset = -WINDOW; offset <= WINDOW; offset++) {
                f.add("w" + offset, at(words, i + offset));
            }
            f.add("w-1w", at(words, i - 1) + '|' + words[i]);
            f.add("ww+1", words[i] + '|' + at(words, i + 1));
            f.add("w-2w-1", at(words, i - 2) + '|' + at(words, i - 1));
            f.add("w+1w+2", at(words, i + 1) + '|' + at(words, i + 2));
            f.add("w-1s", at(words, i - 1) + '|' + shapes[i]);
            f.add("w-2w-1s", at(words, i - 2) + '|' + at(words, i - 1) + '|' + shapes[i]);
            if (i > 0 && tokens.get(i - 1).end() == tokens.get(i).start()) {
                f.add("glued", tokens.get(i - 1).text() + '|' + shapes[i]);
            }
            all[i] = f.toArray();
        }
        return all;
    }

    private static String at(String[] values, int i) {
        return i < 0 || i >= values.length ? EDGE : values[i];
    }
}
