package dev.pinfactory.specialists.entities;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.specialists.learning.sequence.HashedFeatures;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.WordShape;
import java.util.List;
import java.util.Locale;

/** What the sequence model sees of each token: its letters and coarse shape, its neighbours, and where the encoder's state there is far from zero. */
final class NameFeatures {
    private static final String EDGE = "\u0002";

    /** Steps, in standard deviations of the token's own state, by which a dimension is cut. */
    private static final double[] CUTS = {0.5, 1.5};

    /** Of the neighbours only the strongest dimensions count. */
    private static final double[] STRONG = {1.5};

    private NameFeatures() {}

    /** The hashes of each token's features. */
    static int[][] of(String text, List<Token> tokens, EncodedText encoded) {
        int[][] all = new int[tokens.size()][];
        float[][] states = states(text, tokens, encoded);
        for (int i = 0; i < all.length; i++) {
            HashedFeatures f = new HashedFeatures();
            spelling(f, tokens, i);
            state(f, "v", states[i], CUTS);
            if (i > 0) {
                state(f, "u", states[i - 1], STRONG);
            }
            if (i + 1 < all.length) {
                state(f, "x", states[i + 1], STRONG);
            }
            all[i] = f.toArray();
        }
        return all;
    }

    /** The mean of the encoder's states at the pieces of each token; empty where the encoder did not read on. */
    private static float[][] states(String text, List<Token> tokens, EncodedText encoded) {
        float[][] states = new float[tokens.size()][];
        int piece = 0;
        int start = 0;
        int at = 0;
        for (int i = 0; i < states.length; i++) {
            start += text.codePointCount(at, tokens.get(i).start());
            at = tokens.get(i).start();
            int end = start + text.codePointCount(at, tokens.get(i).end());
            while (piece < encoded.tokens().size()
                    && encoded.tokens().get(piece).end() <= start) {
                piece++;
            }
            states[i] = new float[0];
            for (int p = piece;
                    p < encoded.tokens().size() && encoded.tokens().get(p).start() < end;
                    p++) {
                float[] vector = encoded.tokens().get(p).vector();
                if (states[i].length == 0) {
                    states[i] = new float[vector.length];
                }
                for (int d = 0; d < vector.length; d++) {
                    states[i][d] += vector[d];
                }
            }
        }
        return states;
    }

    private static void spelling(HashedFeatures f, List<Token> tokens, int i) {
        String text = tokens.get(i).text();
        String word = word(tokens, i);
        String shape = shape(tokens, i);
        f.add("b", "");
        f.add("w", word);
        f.add("s", shape);
        f.add("sss", shape(tokens, i - 1) + '|' + shape + '|' + shape(tokens, i + 1));
        for (int length = 2; length <= 3 && length < word.length(); length++) {
            f.add("p" + length, word.substring(0, length));
            f.add("e" + length, word.substring(word.length() - length));
        }
        for (int offset = -2; offset <= 2; offset++) {
            if (offset != 0) {
                f.add("w" + offset, word(tokens, i + offset));
                f.add("s" + offset, shape(tokens, i + offset));
            }
        }
        f.add("w-1s", word(tokens, i - 1) + '|' + shape);
        if (i > 0 && tokens.get(i - 1).end() == tokens.get(i).start()) {
            f.add("glued", tokens.get(i - 1).text() + '|' + WordShape.brief(text));
        }
    }

    private static void state(HashedFeatures f, String place, float[] vector, double[] cuts) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        double deviation = Math.sqrt(squares / vector.length);
        for (int d = 0; d < vector.length; d++) {
            for (int c = 0; c < cuts.length; c++) {
                if (Math.abs(vector[d]) > cuts[c] * deviation) {
                    f.add(vector[d] > 0 ? place + "+" + c : place + "-" + c, Integer.toString(d));
                }
            }
        }
    }

    private static String word(List<Token> tokens, int i) {
        return i < 0 || i >= tokens.size() ? EDGE : tokens.get(i).text().toLowerCase(Locale.ROOT);
    }

    private static String shape(List<Token> tokens, int i) {
        return i < 0 || i >= tokens.size()
                ? EDGE
                : WordShape.brief(tokens.get(i).text());
    }
}
