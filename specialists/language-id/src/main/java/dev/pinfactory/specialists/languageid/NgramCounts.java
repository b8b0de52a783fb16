package dev.pinfactory.specialists.languageid;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import dev.pinfactory.specialists.learning.SparseVector;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often each hashed n-gram was seen in each language. Counts are kept as levels, halves of their binary logarithm: four million of them fit in a few
 * megabytes, and rarely seen n-grams, which most are, stay exact.
 */
final class NgramCounts {
    private static final int LEVELS = 48;
    private static final int LEVELS_TO_DOUBLE = 2;

    /** The counts of n-gram i are those from starts[i] to starts[i + 1]. */
    private final int[] starts;

    private final byte[] languages;
    private final byte[] levels;

    private NgramCounts(int[] starts, byte[] languages, byte[] levels) {
        this.starts = starts;
        this.languages = languages;
        this.levels = levels;
    }

    /** @param counts by n-gram and language: the one of language k for n-gram i stands at i * languages + k */
    static NgramCounts of(float[] counts, int languages) {
        int ngrams = counts.length / languages;
        int[] starts = new int[ngrams + 1];
        byte[] who = new byte[counts.length];
        byte[] levels = new byte[counts.length];
        int size = 0;
        for (int ngram = 0; ngram < ngrams; ngram++) {
            for (int language = 0; language < languages; language++) {
                float count = counts[ngram * languages + language];
                if (count > 0) {
                    who[size] = (byte) language;
                    levels[size++] = level(count);
                }
            }
            starts[ngram + 1] = size;
        }
        return new NgramCounts(starts, Arrays.copyOf(who, size), Arrays.copyOf(levels, size));
    }

    int size() {
        return languages.length;
    }

    /** The sum of all counts of each language, and how many there are. */
    double[] totals(int count) {
        double[] totals = new double[count];
        for (int i = 0; i < levels.length; i++) {
            totals[languages[i] & 0xff] += count(levels[i]);
        }
        return totals;
    }

    /** What each level adds to a language's score, when one that was not seen adds nothing. */
    static double[] gains(double smoothing) {
        double[] gains = new double[LEVELS];
        for (byte level = 0; level < LEVELS; level++) {
            gains[level] = StrictMath.log((count(level) + smoothing) / smoothing);
        }
        return gains;
    }

    void addScores(SparseVector text, double[] gains, double[] scores) {
        for (int i = 0; i < text.size(); i++) {
            int ngram = text.indices()[i];
            float weight = text.values()[i];
            for (int k = starts[ngram]; k < starts[ngram + 1]; k++) {
                scores[languages[k] & 0xff] += weight * gains[levels[k]];
            }
        }
    }

    /** Like things stand together, which packs best. */
    void write(ModelOutput out) throws IOException {
        int ngrams = starts.length - 1;
        for (int i = 0; i < ngrams; i++) {
            out.count(starts[i + 1] - starts[i]);
        }
        for (int i = 0; i < ngrams; i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                out.signed((byte) (languages[k] - (k == starts[i] ? 0 : languages[k - 1])));
            }
        }
        out.bytes(levels);
    }

    static NgramCounts read(ModelInput in, int ngrams, int count) throws IOException {
        int[] starts = new int[ngrams + 1];
        for (int i = 0; i < ngrams; i++) {
            starts[i + 1] = starts[i] + in.count(count);
        }
        byte[] languages = in.bytes(starts[ngrams]);
        for (int i = 0; i < ngrams; i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                languages[k] += k == starts[i] ? 0 : languages[k - 1];
                if ((languages[k] & 0xff) >= count) {
                    throw new IOException("model has a count for language " + (languages[k] & 0xff) + " of " + count);
                }
            }
        }
        byte[] levels = in.bytes(starts[ngrams]);
        for (byte level : levels) {
            if (level < 0 || level >= LEVELS) {
                throw new IOException("model has a count of level " + level);
            }
        }
        return new NgramCounts(starts, languages, levels);
    }

    private static byte level(float count) {
        double binary = StrictMath.log(count) / StrictMath.log(2);
        return (byte) Math.clamp(Math.round(LEVELS_TO_DOUBLE * binary), 0, LEVELS - 1);
    }

    private static double count(byte level) {
        return StrictMath.pow(2, level / (double) LEVELS_TO_DOUBLE);
    }
}
