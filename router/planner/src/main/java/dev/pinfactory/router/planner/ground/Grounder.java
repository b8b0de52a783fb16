package dev.pinfactory.router.planner.ground;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.interpret.Interpretation;

/** Scores contracts against an instruction. Deterministic and safe for concurrent use. */
@FunctionalInterface
public interface Grounder {

    /** Scores for the contracts that may matter, best first; a large catalogue's hopeless ones are left out. */
    Grounding ground(Interpretation interpretation, Contracts contracts);

    /** A grounder for the readings of one instruction, which have most in common; for one thread, and not to be kept. */
    default Grounder forOneInstruction() {
        return this;
    }
}
