package dev.pinfactory.specialists.learning.evaluation;

import java.util.Optional;

/**
 * What is known of an item, and what the specialist said to it. The item's inputs are gone by then: a long file's would not fit in memory together.
 *
 * @param known empty where the file has no gold
 */
public record EvaluatedItem<G>(Optional<G> known, Answer answer) {
    /** What is known; there is something, where figures are asked for. */
    public G gold() {
        return known.orElseThrow();
    }
}
