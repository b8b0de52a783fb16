package dev.pinfactory.specialists.training.preparation;

import dev.pinfactory.specialists.training.store.Example;
import java.util.List;
import java.util.Map;

/**
 * What is learnt from, and what is not.
 *
 * @param learnt in the order in which they came
 * @param held of the recent window, not learnt from: candidates are compared by them
 * @param leftOut how many, by reason
 */
public record Prepared(List<Example> learnt, List<Example> held, Map<Reason, Integer> leftOut) {
    /** Why an example is left out of a data set. */
    public enum Reason {
        /** The same, or nearly the same, is in the benchmark: what is learnt by heart must not be measured. */
        IN_BENCHMARK,
        /** The same, or nearly the same, was said again later, with the same label. */
        DUPLICATE,
        /** People say something else of the same text, as many as say this. */
        CONTRADICTED,
        /** More people, or people in place of the first data, say something else of the same text. */
        OUTVOTED,
        /** There are too few of its label. */
        RARE_LABEL
    }

    public Prepared {
        learnt = List.copyOf(learnt);
        held = List.copyOf(held);
        leftOut = Map.copyOf(leftOut);
    }
}
