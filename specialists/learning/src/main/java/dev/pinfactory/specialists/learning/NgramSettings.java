package dev.pinfactory.specialists.learning;

import java.io.IOException;

/**
 * Which pieces of a text become features.
 *
 * @param maxWords longest run of words; 0 for none
 * @param minChars shortest run of characters
 * @param maxChars longest run of characters; 0 for none
 * @param bits the features are hashed to 2^bits places
 * @param maxCodePoints of a text that are read
 */
public record NgramSettings(int maxWords, int minChars, int maxChars, int bits, int maxCodePoints) {
    private static final int DEFAULT_MAX_CODE_POINTS = 10_000;

    public NgramSettings {
        if (maxWords < 0 || maxWords > 5 || maxChars < 0 || maxChars > 8 || minChars < 1) {
            throw new IllegalArgumentException("n-grams of up to 5 words and 1 to 8 characters are possible, not "
                    + maxWords + " and " + minChars + " to " + maxChars);
        }
        if (bits < 8 || bits > 22 || maxCodePoints < 1) {
            throw new IllegalArgumentException(
                    "8 to 22 bits and a positive length are possible, not " + bits + " and " + maxCodePoints);
        }
    }

    public NgramSettings(int maxWords, int minChars, int maxChars, int bits) {
        this(maxWords, minChars, maxChars, bits, DEFAULT_MAX_CODE_POINTS);
    }

    /** Number of feature places. */
    public int size() {
        return 1 << bits;
    }

    public void write(ModelOutput out) throws IOException {
        out.count(maxWords);
        out.count(minChars);
        out.count(maxChars);
        out.count(bits);
        out.count(maxCodePoints);
    }

    public static NgramSettings read(ModelInput in) throws IOException {
        return new NgramSettings(in.count(5), in.count(8), in.count(8), in.count(22), in.count(1 << 24));
    }
}
