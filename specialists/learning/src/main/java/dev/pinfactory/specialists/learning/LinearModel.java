package dev.pinfactory.specialists.learning;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * One row of weights for each label, in 8 bits with a scale of its own for each label (one scale for all costs points of accuracy), and only those
 * that matter. Immutable.
 */
public final class LinearModel {
    private static final int MAX_LABELS = 65_536;
    private static final int MAX_FEATURES = 1 << 24;

    private final List<String> labels;
    private final float[] biases;
    private final float[] scales;

    /** The weights of feature i are those from starts[i] to starts[i + 1]. */
    private final int[] starts;

    private final char[] rows;
    private final byte[] weights;

    private LinearModel(
            List<String> labels, float[] biases, float[] scales, int[] starts, char[] rows, byte[] weights) {
        this.labels = labels;
        this.biases = biases;
        this.scales = scales;
        this.starts = starts;
        this.rows = rows;
        this.weights = weights;
    }

    /**
     * Quantises and prunes.
     *
     * @param weights one row for each label, all of one length
     * @param keep share of each row's weights that are not zero to keep, the largest first
     */
    public static LinearModel of(List<String> labels, float[] biases, float[][] weights, double keep) {
        if (labels.isEmpty()
                || labels.size() > MAX_LABELS
                || biases.length != labels.size()
                || weights.length != labels.size()) {
            throw new IllegalArgumentException(
                    labels.size() + " labels, " + biases.length + " biases and " + weights.length + " rows");
        }
        if (!(keep > 0 && keep <= 1)) {
            throw new IllegalArgumentException("share to keep is " + keep + ", expected more than 0 and at most 1");
        }
        int features = weights[0].length;
        float[] scales = new float[labels.size()];
        byte[][] quantised = new byte[labels.size()][];
        for (int row = 0; row < quantised.length; row++) {
            float largest = 0;
            for (float weight : weights[row]) {
                largest = Math.max(largest, Math.abs(weight));
            }
            scales[row] = largest == 0 ? 1 : largest / 127;
            quantised[row] = quantise(weights[row], scales[row], smallestKept(weights[row], keep));
        }
        return byFeature(List.copyOf(labels), biases.clone(), scales, quantised, features);
    }

    public List<String> labels() {
        return labels;
    }

    /** Number of features that it reads; others have no weight. */
    public int features() {
        return starts.length - 1;
    }

    /** Weights that are kept. */
    public int size() {
        return weights.length;
    }

    /** The decision value of each label, in the order of {@link #labels()}. */
    public double[] scores(SparseVector vector) {
        double[] sums = new double[labels.size()];
        for (int i = 0; i < vector.size(); i++) {
            int feature = vector.indices()[i];
            float value = vector.values()[i];
            for (int k = starts[feature]; k < starts[feature + 1]; k++) {
                sums[rows[k]] += value * weights[k];
            }
        }
        for (int row = 0; row < sums.length; row++) {
            sums[row] = sums[row] * scales[row] + biases[row];
        }
        return sums;
    }

    public void write(ModelOutput out) throws IOException {
        out.words(labels);
        out.count(features());
        for (int row = 0; row < biases.length; row++) {
            out.number(biases[row]);
            out.number(scales[row]);
        }
        for (int feature = 0; feature < features(); feature++) {
            out.count(starts[feature + 1] - starts[feature]);
            int previous = 0;
            for (int k = starts[feature]; k < starts[feature + 1]; k++) {
                out.count(rows[k] - previous);
                previous = rows[k];
                out.signed(weights[k]);
            }
        }
    }

    public static LinearModel read(ModelInput in) throws IOException {
        List<String> labels = in.words(MAX_LABELS);
        int features = in.count(MAX_FEATURES);
        float[] biases = new float[labels.size()];
        float[] scales = new float[labels.size()];
        for (int row = 0; row < biases.length; row++) {
            biases[row] = in.smallNumber();
            scales[row] = in.smallNumber();
        }
        int[] starts = new int[features + 1];
        Entries entries = new Entries();
        for (int feature = 0; feature < features; feature++) {
            int count = in.count(labels.size());
            int row = 0;
            for (int k = 0; k < count; k++) {
                row += in.count(labels.size());
                if (row >= labels.size()) {
                    throw new IOException("model has a weight for label " + row + " of " + labels.size());
                }
                entries.add((char) row, in.signed());
            }
            starts[feature + 1] = entries.size;
        }
        return new LinearModel(labels, biases, scales, starts, entries.rows(), entries.weights());
    }

    private static float smallestKept(float[] row, double keep) {
        float[] sizes = new float[row.length];
        int count = 0;
        for (float weight : row) {
            if (weight != 0) {
                sizes[count++] = Math.abs(weight);
            }
        }
        if (count == 0) {
            return 0;
        }
        Arrays.sort(sizes, 0, count);
        return sizes[Math.max(0, count - (int) Math.ceil(count * keep))];
    }

    private static byte[] quantise(float[] row, float scale, float smallest) {
        byte[] quantised = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            quantised[i] = Math.abs(row[i]) < smallest ? 0 : (byte) Math.round(row[i] / scale);
        }
        return quantised;
    }

    private static LinearModel byFeature(
            List<String> labels, float[] biases, float[] scales, byte[][] quantised, int features) {
        int[] starts = new int[features + 1];
        Entries entries = new Entries();
        for (int feature = 0; feature < features; feature++) {
            for (int row = 0; row < quantised.length; row++) {
                if (quantised[row][feature] != 0) {
                    entries.add((char) row, quantised[row][feature]);
                }
            }
            starts[feature + 1] = entries.size;
        }
        return new LinearModel(labels, biases, scales, starts, entries.rows(), entries.weights());
    }

    /** Grows with what is really there, not with what a damaged file claims. */
    private static final class Entries {
        private char[] rows = new char[1024];
        private byte[] weights = new byte[1024];
        private int size;

        void add(char row, byte weight) {
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, size * 2);
                weights = Arrays.copyOf(weights, size * 2);
            }
            rows[size] = row;
            weights[size++] = weight;
        }

        char[] rows() {
            return Arrays.copyOf(rows, size);
        }

        byte[] weights() {
            return Arrays.copyOf(weights, size);
        }
    }
}
