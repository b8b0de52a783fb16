package dev.pinfactory.specialists.faq;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sentence vectors in 8 bits, and a search for those that are nearest to one. Small indexes are compared whole. In large ones the signs of the vectors'
 * differences from their mean, one bit each, choose the candidates that are compared.
 */
final class VectorIndex {
    static final int MAX_SIZE = 200_000;

    private static final int DIMENSIONS = SentenceEncoder.DIMENSIONS;
    private static final int WORDS = DIMENSIONS / Long.SIZE;
    private static final int COMPARED_WHOLE = 20_000;
    private static final int CANDIDATES = 2_000;

    private final byte[] values;
    private final float[] scales;
    private final float[] mean = new float[DIMENSIONS];
    private final long[] signs;

    private VectorIndex(byte[] values, float[] scales) {
        this.values = values;
        this.scales = scales;
        for (int i = 0; i < values.length; i++) {
            mean[i % DIMENSIONS] += values[i] * scales[i / DIMENSIONS] / scales.length;
        }
        this.signs = new long[scales.length * WORDS];
        for (int entry = 0; entry < scales.length; entry++) {
            float scale = scales[entry];
            int from = entry * DIMENSIONS;
            for (int i = 0; i < DIMENSIONS; i++) {
                if (values[from + i] * scale > mean[i]) {
                    signs[entry * WORDS + i / Long.SIZE] |= 1L << i;
                }
            }
        }
    }

    /** An entry near to what is searched for. The similarity is the cosine of their vectors. */
    record Hit(int entry, float similarity) {}

    private record Quantised(byte[] values, float scale) {
        static Quantised of(float[] vector) {
            float largest = 0;
            for (float value : vector) {
                largest = Math.max(largest, Math.abs(value));
            }
            float scale = largest == 0 ? 1 : largest / Byte.MAX_VALUE;
            byte[] values = new byte[vector.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) Math.round(vector[i] / scale);
            }
            return new Quantised(values, scale);
        }
    }

    /** @param vectors of length 1, at most {@value #MAX_SIZE} */
    static VectorIndex of(float[][] vectors) {
        if (vectors.length == 0 || vectors.length > MAX_SIZE) {
            throw new IllegalArgumentException(vectors.length + " vectors, expected 1 to " + MAX_SIZE);
        }
        byte[] values = new byte[vectors.length * DIMENSIONS];
        float[] scales = new float[vectors.length];
        for (int entry = 0; entry < vectors.length; entry++) {
            Quantised quantised = Quantised.of(vectors[entry]);
            System.arraycopy(quantised.values(), 0, values, entry * DIMENSIONS, DIMENSIONS);
            scales[entry] = quantised.scale();
        }
        return new VectorIndex(values, scales);
    }

    int size() {
        return scales.length;
    }

    /** An entry's vector, as it is kept. */
    float[] vector(int entry) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = values[entry * DIMENSIONS + i] * scales[entry];
        }
        return vector;
    }

    /** The nearest entries, the very nearest first; of equally near ones the first. */
    List<Hit> nearest(float[] vector, int count) {
        return nearest(vector, count, size() <= COMPARED_WHOLE);
    }

    /** @param whole whether all entries are compared, however many there are */
    List<Hit> nearest(float[] vector, int count, boolean whole) {
        Quantised query = Quantised.of(vector);
        int[] entries = new int[Math.min(count, size())];
        float[] similarities = new float[entries.length];
        int filled = 0;
        int[] candidates = whole ? new int[0] : candidates(vector);
        int compared = whole ? size() : candidates.length;
        for (int k = 0; k < compared; k++) {
            int entry = whole ? k : candidates[k];
            float similarity = dot(query.values(), entry * DIMENSIONS) * query.scale() * scales[entry];
            if (filled == entries.length && similarity <= similarities[filled - 1]) {
                continue;
            }
            int place = filled < entries.length ? filled++ : filled - 1;
            while (place > 0 && similarities[place - 1] < similarity) {
                similarities[place] = similarities[place - 1];
                entries[place] = entries[place - 1];
                place--;
            }
            similarities[place] = similarity;
            entries[place] = entry;
        }
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < filled; i++) {
            hits.add(new Hit(entries[i], similarities[i]));
        }
        return hits;
    }

    void write(ModelOutput out) throws IOException {
        for (float scale : scales) {
            out.number(scale);
        }
        out.bytes(values);
    }

    static VectorIndex read(ModelInput in, int size) throws IOException {
        float[] scales = new float[size];
        for (int i = 0; i < size; i++) {
            scales[i] = in.smallNumber();
        }
        return new VectorIndex(in.bytes(size * DIMENSIONS), scales);
    }

    /** A plain loop: the compiler makes vector instructions of it. */
    private int dot(byte[] query, int from) {
        int sum = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            sum += query[i] * values[from + i];
        }
        return sum;
    }

    /** The entries with the fewest differing signs, in order; all of those that are as far as the last. */
    private int[] candidates(float[] vector) {
        long[] wanted = new long[WORDS];
        for (int i = 0; i < DIMENSIONS; i++) {
            if (vector[i] > mean[i]) {
                wanted[i / Long.SIZE] |= 1L << i;
            }
        }
        short[] distances = new short[size()];
        int[] histogram = new int[DIMENSIONS + 1];
        for (int entry = 0; entry < distances.length; entry++) {
            int distance = 0;
            for (int word = 0; word < WORDS; word++) {
                distance += Long.bitCount(wanted[word] ^ signs[entry * WORDS + word]);
            }
            distances[entry] = (short) distance;
            histogram[distance]++;
        }
        int farthest = 0;
        int within = histogram[0];
        while (within < CANDIDATES && farthest < DIMENSIONS) {
            within += histogram[++farthest];
        }
        int[] candidates = new int[within];
        int found = 0;
        for (int entry = 0; entry < distances.length; entry++) {
            if (distances[entry] <= farthest) {
                candidates[found++] = entry;
            }
        }
        return Arrays.copyOf(candidates, found);
    }
}
