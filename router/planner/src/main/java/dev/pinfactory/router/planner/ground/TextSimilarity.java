package dev.pinfactory.router.planner.ground;

import java.util.List;

/** How close short texts are in meaning and spelling. Deterministic and safe for concurrent use. */
@FunctionalInterface
public interface TextSimilarity {

    /** One row for each left text, one column for each right one; 0 (nothing in common) to 1 (the same). */
    double[][] between(List<String> left, List<String> right);
}
