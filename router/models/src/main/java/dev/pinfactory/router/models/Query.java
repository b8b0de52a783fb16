package dev.pinfactory.router.models;

import java.util.List;

/**
 * A request made ready for grounding.
 *
 * @param text the whole
 * @param whole its vector
 * @param clauses texts of its clauses; at least one
 * @param clauseVectors their vectors
 */
record Query(String text, float[] whole, List<String> clauses, float[][] clauseVectors) {

    /** One clause read as if it were the whole. */
    Query only(int clause) {
        return new Query(clauses.get(clause), clauseVectors[clause], List.of(clauses.get(clause)), new float[][] {
            clauseVectors[clause]
        });
    }
}
