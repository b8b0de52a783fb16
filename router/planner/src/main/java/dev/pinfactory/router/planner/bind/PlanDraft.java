package dev.pinfactory.router.planner.bind;

import java.util.List;
import java.util.Optional;

/**
 * Connected steps, and what could not be connected.
 *
 * @param steps in an order in which they can run
 * @param unbound what was asked for and can't be fed
 */
public record PlanDraft(List<DraftStep> steps, List<Unbound> unbound) {
    public PlanDraft {
        steps = List.copyOf(steps);
        unbound = List.copyOf(unbound);
    }

    /**
     * A specialist that would answer a clause and can't run.
     *
     * @param missingInput the type of input that it needs, if that is what is missing
     */
    public record Unbound(int clause, String specialist, String reason, Optional<String> missingInput) {}
}
