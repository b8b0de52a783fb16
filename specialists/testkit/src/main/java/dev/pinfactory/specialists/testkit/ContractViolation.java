package dev.pinfactory.specialists.testkit;

/** A specialist does not keep the contract: what came, and what was expected. */
public final class ContractViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    ContractViolation(String message) {
        super(message);
    }

    static void unless(boolean holds, String message) {
        if (!holds) {
            throw new ContractViolation(message);
        }
    }
}
