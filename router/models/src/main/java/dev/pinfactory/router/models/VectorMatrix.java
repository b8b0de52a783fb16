package dev.pinfactory.router.models;

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
    private final float[][] blocks;

    VectorMatrix(List<float[]> vectors) {
        this.size = vectors.size();
        this.blocks = new float[(size + BLOCK - 1) / BLOCK][];
        for (int block = 0; block < blocks.length; block++) {
            int from = block * BLOCK;
            blocks[block] = transposed(vectors.subList(from, Math.min(size, from + BLOCK)));
        }
    }

    private static float[] transposed(List<float[]> vectors) {
        int width = vectors.size();
        float[] block = new float[width * vectors.getFirst().length];
        for (int card = 0; card < width; card++) {
            float[] vector = vectors.get(card);
            for (int dimension = 0; dimension < vector.length; dimension++) {
                block[dimension * width + card] = vector[dimension];
            }
        }
        return block;
    }

    /** For each query its dot products with all vectors: to the last bit what {@link Features#dot} gives, for it adds in the same order. */
    float[][] dots(List<float[]> queries) {
        float[][] dots = new float[queries.size()][size];
        float[][] sums = new float[SUMS + 1][BLOCK];
        for (int block = 0; block < blocks.length; block++) {
            int from = block * BLOCK;
            int width = Math.min(BLOCK, size - from);
            for (int query = 0; query < dots.length; query++) {
                multiply(queries.get(query), blocks[block], width, sums);
                total(sums, dots[query], from, width);
            }
        }
        return dots;
    }

    private static void multiply(float[] query, float[] block, int width, float[][] sums) {
        for (float[] sum : sums) {
            java.util.Arrays.fill(sum, 0);
        }
        int whole = query.length - query.length % SUMS;
        for (int dimension = 0; dimension < query.length; dimension++) {
            float[] sum = sums[dimension < whole ? dimension % SUMS : SUMS];
            add(sum, query[dimension], block, dimension * width, width);
        }
    }

    /** The loop that the compiler turns into vector instructions; it has to stay as plain as it is for that. */
    private static void add(float[] sum, float factor, float[] block, int from, int width) {
        for (int i = 0; i < width; i++) {
            sum[i] += factor * block[from + i];
        }
    }

    private static void total(float[][] s, float[] dots, int from, int width) {
        for (int i = 0; i < width; i++) {
            dots[from + i] = ((s[0][i] + s[4][i]) + (s[1][i] + s[5][i]))
                    + ((s[2][i] + s[6][i]) + (s[3][i] + s[7][i]))
                    + s[SUMS][i];
        }
    }
}
