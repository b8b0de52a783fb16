package dev.pinfactory.orchestrator.engine.simulation;

/** An invariant that did not hold. */
final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    Broken(Invariant invariant, String detail) {
        super(invariant + ": " + detail);
        this.invariant = invariant;
    }

    Invariant invariant() {
        return invariant;
    }
}
