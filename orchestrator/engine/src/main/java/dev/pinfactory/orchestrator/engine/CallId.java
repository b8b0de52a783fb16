package dev.pinfactory.orchestrator.engine;

import java.util.OptionalInt;

/**
 * One call of a specialist within an execution.
 *
 * @param step the plan's step
 * @param item index of the for_each item; empty for a single call
 * @param attempt 0 for the step's own specialist, 1 for its first fallback, and so on
 */
public record CallId(String step, OptionalInt item, int attempt) {
    /** A call of a step that is not iterated. */
    public static CallId single(String step, int attempt) {
        return new CallId(step, OptionalInt.empty(), attempt);
    }

    public static CallId ofItem(String step, int item, int attempt) {
        return new CallId(step, OptionalInt.of(item), attempt);
    }
}
