package dev.pinfactory.specialists.learning;

import java.util.Arrays;

/**
 * The features of one text that are not zero.
 *
 * @param indices ascending, each once
 * @param values one for each index
 */
public record SparseVector(int[] indices, float[] values) {
    public SparseVector {
        if (indices.length != values.length) {
            throw new IllegalArgumentException(indices.length + " indices and " + values.length + " values");
        }
    }

    public int size() {
        return indices.length;
    }

    /** This vector scaled to Euclidean length 1; an empty one stays empty. */
    public SparseVector normalised() {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        if (squares == 0) {
            return this;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = values[i] * scale;
        }
        return new SparseVector(indices, scaled);
    }

    /** This vector and, from index {@code offset} on, a dense one times {@code weight}. */
    public SparseVector followedBy(float[] dense, float weight, int offset) {
        int own = indices.length;
        int[] allIndices = Arrays.copyOf(indices, own + dense.length);
        float[] allValues = Arrays.copyOf(values, own + dense.length);
        for (int i = 0; i < dense.length; i++) {
            allIndices[own + i] = offset + i;
            allValues[own + i] = dense[i] * weight;
        }
        return new SparseVector(allIndices, allValues);
    }
}
