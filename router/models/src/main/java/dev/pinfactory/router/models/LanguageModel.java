package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.ground.LanguageGate;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Tokenizer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Tells the encoder's language from all others: a logistic regression over hashed runs of letters, averaged over the words. Quotations, names and
 * numbers are not read, since an instruction may quote any language.
 *
 * @param weights one signed byte for each bucket
 * @param scale what one unit of a weight is worth
 */
record LanguageModel(byte[] weights, float scale, float bias) implements LanguageGate {
    static final int BUCKETS = 1 << 16;
    private static final int LONGEST = 4;
    /** A text of a few words says little about its language: its logit is shrunk towards "known". */
    private static final double WORDS_TO_TRUST = 3;

    /** Scripts that put no space between words write one with about two signs. */
    private static final double IDEOGRAPHS_OF_A_WORD = 2;

    private static final int FIRST_IDEOGRAPH = 0x2E80;
    private static final double PRIOR_LOGIT = 2;

    @Override
    public double knows(String instruction) {
        String text = prose(instruction);
        double words = text.isEmpty() ? 0 : Math.max(text.split(" ").length, ideographs(text) / IDEOGRAPHS_OF_A_WORD);
        double trust = words / (words + WORDS_TO_TRUST);
        return LogisticRegression.sigmoid(trust * logit(text) + (1 - trust) * PRIOR_LOGIT);
    }

    private static double ideographs(String text) {
        return text.chars().filter(letter -> letter >= FIRST_IDEOGRAPH).count();
    }

    double logit(String prose) {
        int[] buckets = buckets(prose);
        double sum = 0;
        for (int bucket : buckets) {
            sum += weights[bucket];
        }
        return bias + (buckets.length == 0 ? 0 : sum * scale / Math.sqrt(buckets.length));
    }

    /** The words of an instruction in lower case, one space between. */
    static String prose(String instruction) {
        return Tokenizer.tokens(instruction).stream()
                .filter(token -> token.kind() == Token.Kind.WORD)
                .map(token -> token.text().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    /** Buckets of all runs of 1 to 4 chars and of the short words. */
    static int[] buckets(String prose) {
        String padded = " " + prose + " ";
        int[] buckets = new int[padded.length() * LONGEST];
        int count = 0;
        for (int start = 0; start < padded.length(); start++) {
            int hash = 17;
            for (int length = 1; length <= LONGEST && start + length <= padded.length(); length++) {
                hash = hash * 31 + padded.charAt(start + length - 1);
                int mixed = (hash + length) * 0x9E3779B1;
                buckets[count++] = (mixed >>> 16) & (BUCKETS - 1);
            }
        }
        return java.util.Arrays.copyOf(buckets, count);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeFloat(scale);
        out.writeFloat(bias);
        out.write(weights);
    }

    static LanguageModel read(DataInputStream in) throws IOException {
        float scale = in.readFloat();
        float bias = in.readFloat();
        return new LanguageModel(in.readNBytes(BUCKETS), scale, bias);
    }
}
