package dev.pinfactory.router.planner.ground;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.interpret.Interpretation;

/** Decides which contracts a plan uses. Deterministic and safe for concurrent use. */
@FunctionalInterface
public interface Selector {
    /** By the scores alone, for contracts that nobody has given labelled requests for. */
    Selector BY_SCORES = (interpretation, grounding, contracts) -> Selection.from(grounding, interpretation.clauses());

    Selection select(Interpretation interpretation, Grounding grounding, Contracts contracts);
}
