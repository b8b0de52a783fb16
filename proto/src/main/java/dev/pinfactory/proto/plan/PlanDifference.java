package dev.pinfactory.proto.plan;

import java.util.Optional;

/**
 * One place where two plans do not do the same.
 *
 * @param place in plain words, such as {@code step 'summary', input 'text'}
 * @param before empty where the first plan has nothing there
 * @param after empty where the second plan has nothing there
 */
public record PlanDifference(String place, Optional<String> before, Optional<String> after) {
    /** As a line for people. */
    @Override
    public String toString() {
        if (before.isEmpty()) {
            return place + ": is new, " + after.orElse("");
        }
        return after.map(now -> place + ": was " + before.get() + ", is " + now)
                .orElseGet(() -> place + ": is gone, was " + before.get());
    }
}
