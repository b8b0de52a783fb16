package dev.pinfactory.router.planner.sketch;

/** Judges whether one chosen specialist feeds another. Deterministic and safe for concurrent use. */
@FunctionalInterface
public interface LinkScorer {

    /** Log-odds that there is a link, from {@link EdgeFeatures}. */
    double logit(float[] features);
}
