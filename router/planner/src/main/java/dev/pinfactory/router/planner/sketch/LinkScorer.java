package dev.pinfactory.router.planner.sketch;

import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.sketch.Sketch.Use;

/** Judges whether one chosen specialist feeds another. Deterministic and safe for concurrent use. */
@FunctionalInterface
public interface LinkScorer {

    /**
     * Log-odds that there is a link.
     *
     * @param features of the pair, from {@link EdgeFeatures}
     */
    double logit(Use from, Use to, float[] features);

    /** The same for the links of one instruction, where it matters what that says. */
    default LinkScorer of(Interpretation read) {
        return this;
    }
}
