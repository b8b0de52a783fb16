package dev.pinfactory.specialists.testkit;

/**
 * One thing that a specialist has to do.
 *
 * @param name what holds, in words, such as {@code sentiment: refuses an input of the wrong type}
 */
public record Check(String name, Body body) {
    /** Throws {@link ContractViolation} when it does not hold. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }
}
