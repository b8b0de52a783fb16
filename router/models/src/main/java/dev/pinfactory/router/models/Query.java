package dev.pinfactory.router.models;

import java.util.List;

/**
 * A request made ready for grounding.
 *
 * @param text the whole
 * @param whole the direction of its clauses together, which stands for a pass over the whole text and costs none
 * @param clauses texts of its clauses; at least one
 * @param clauseVectors their vectors
 */
record Query(String text, float[] whole, List<String> clauses, float[][] clauseVectors) {

    static Query of(String text, List<String> clauses, float[][] clauseVectors) {
        return new Query(text, direction(clauseVectors), clauses, clauseVectors);
    }

    private static float[] direction(float[][] vectors) {
        if (vectors.length == 1) {
            return vectors[0];
        }
        float[] sum = new float[vectors[0].length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        double length = Math.sqrt(Features.dot(sum, sum));
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= (float) Math.max(length, 1e-9);
        }
        return sum;
    }

    /** One clause read as if it were the whole. */
    Query only(int clause) {
        return new Query(clauses.get(clause), clauseVectors[clause], List.of(clauses.get(clause)), new float[][] {
            clauseVectors[clause]
        });
    }
}
