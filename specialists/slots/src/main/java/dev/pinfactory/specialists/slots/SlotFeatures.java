package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.sequence.HashedFeatures;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.WordShape;
import java.util.List;
import java.util.Locale;

/** What the sequence model sees of each token: its letters, affixes and shape, its neighbours, and what the whole request wants. */
final class SlotFeatures {
    private static final String EDGE = "\u0002";

    private final String intent;
    private final List<Token> tokens;
    private final String[] words;
    private final String[] shapes;

    private SlotFeatures(List<Token> tokens, String intent) {
        this.intent = intent;
        this.tokens = tokens;
        this.words = tokens.stream()
                .map(token -> token.text().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        this.shapes =
                tokens.stream().map(token -> WordShape.brief(token.text())).toArray(String[]::new);
    }

    /** The hashes of each token's features. */
    static int[][] of(List<Token> tokens, String intent) {
        SlotFeatures features = new SlotFeatures(tokens, intent);
        int[][] all = new int[tokens.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = features.at(i);
        }
        return all;
    }

    private int[] at(int i) {
        HashedFeatures f = new HashedFeatures();
        String word = words[i];
        String shape = shapes[i];
        f.add("b", "");
        f.add("ib", intent);
        f.add("w", word);
        f.add("iw", intent + '|' + word);
        f.add("s", WordShape.of(tokens.get(i).text()));
        f.add("is", intent + '|' + shape);
        f.add("sss", shape(i - 1) + '|' + shape + '|' + shape(i + 1));
        for (int length = 1; length <= 4 && length < word.length(); length++) {
            f.add("p" + length, word.substring(0, length));
            f.add("e" + length, word.substring(word.length() - length));
        }
        for (int offset = -4; offset <= 4; offset++) {
            if (offset != 0) {
                f.add("w" + offset, word(i + offset));
            }
        }
        f.add("s-1", shape(i - 1));
        f.add("s+1", shape(i + 1));
        f.add("w-1w", word(i - 1) + '|' + word);
        f.add("ww+1", word + '|' + word(i + 1));
        f.add("w-1w+1", word(i - 1) + '|' + word(i + 1));
        f.add("w-2w-1", word(i - 2) + '|' + word(i - 1));
        f.add("w+1w+2", word(i + 1) + '|' + word(i + 2));
        f.add("w-2w-1w", word(i - 2) + '|' + word(i - 1) + '|' + word);
        f.add("ww+1w+2", word + '|' + word(i + 1) + '|' + word(i + 2));
        f.add("w-3w-2w-1", word(i - 3) + '|' + word(i - 2) + '|' + word(i - 1));
        f.add("iw-1", intent + '|' + word(i - 1));
        f.add("iw+1", intent + '|' + word(i + 1));
        f.add("iw-2w-1", intent + '|' + word(i - 2) + '|' + word(i - 1));
        f.add("iw+1w+2", intent + '|' + word(i + 1) + '|' + word(i + 2));
        f.add("w-1s", word(i - 1) + '|' + shape);
        if (i < 3) {
            f.add("first" + i, intent);
        }
        if (i == words.length - 1) {
            f.add("last", intent);
        }
        return f.toArray();
    }

    private String word(int i) {
        return i < 0 || i >= words.length ? EDGE : words[i];
    }

    private String shape(int i) {
        return i < 0 || i >= shapes.length ? EDGE : shapes[i];
    }
}
