package dev.pinfactory.router.models;

import java.util.Arrays;
import java.util.List;

/**
 * A vector for each card, kept dimension by dimension and not card by card: so a query meets many cards with one instruction of the processor, and what
 * is read from memory serves every query of a request. Immutable.
 */
final class VectorMatrix {
    /** Cards of a block: their vectors fit into a core's second-level cache, beside the sums. */
    private static final int BLOCK = 512;

    /** Sums side by side, as in {@link Features#dot}; a last one for what does not fill them. */
    private static final int SUMS = 8;

    private final int size;

    /** Block, dimension, card. */
    private final float[][][] blocks;

    VectorMatrix(List<float[]> vectors) {
        this.size = vectors.size();
        this.blocks = new float[(size + BLOCK - 1) / BLOCK][][];
        for (int block = 0; block < blocks.length; block++) {
            int from = block * BLOCK;
            blocks[block] = transposed(vectors.subList(from, Math.min(size, from + BLOCK)));
        }
    }

    private static float[][] transposed(List<float[]> vectors) {
        float[][] block = new float[vectors.getFirst().length][vectors.size()];
        for (int card = 0; card < vectors.size(); card++) {
            float[] vector = vectors.get(card);
            for (int dimension = 0; dimension < vector.length; dimension++) {
                block[dimension][card] = vector[dimension];
            }
        }
        return block;
    }

    /** For each query its dot products with all vectors: to the last bit what {@link Features#dot} gives, for it adds in the same order. */
    float[][] dots(List<float[]> queries) {
        float[][] dots = new float[queries.size()][size];
        float[][] sums = new float[SUMS + 1][BLOCK];
        for (int block = 0; block < blocks.length; block++) {
            for (int query = 0; query < dots.length; query++) {
                multiply(queries.get(query), blocks[block], sums);
                int from = block * BLOCK;
                System.arraycopy(total(sums), 0, dots[query], from, Math.min(BLOCK, size - from));
            }
        }
        return dots;
    }

    private static void multiply(float[] query, float[][] block, float[][] sums) {
        for (float[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        int whole = query.length - query.length % SUMS;
        for (int dimension = 0; dimension < query.length; dimension++) {
            add(sums[dimension < whole ? dimension % SUMS : SUMS], query[dimension], block[dimension]);
        }
    }

    /**
     * The loop that the compiler turns into vector instructions. It does that only where all arrays are read at the same place: otherwise it can't know
     * that no sum is a factor further on.
     */
    private static void add(float[] sums, float factor, float[] values) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += factor * values[i];
        }
    }

    /** In the first of the sums, in the order of {@link Features#dot}. */
    private static float[] total(float[][] sums) {
        add(sums[0], 1, sums[4]);
        add(sums[1], 1, sums[5]);
        add(sums[2], 1, sums[6]);
        add(sums[3], 1, sums[7]);
        add(sums[0], 1, sums[1]);
        add(sums[2], 1, sums[3]);
        add(sums[0], 1, sums[2]);
        add(sums[0], 1, sums[SUMS]);
        return sums[0];
    }
}
