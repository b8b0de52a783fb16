package dev.pinfactory.router.planner.bind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Without what neither gives any of these results nor is needed for one that does. */
    public PlanDraft withOnly(Set<String> delivering) {
        Set<DraftStep> kept = new HashSet<>();
        List<DraftStep> open = new ArrayList<>(
                steps.stream().filter(step -> delivering.contains(step.id())).toList());
        while (!open.isEmpty()) {
            DraftStep step = open.removeLast();
            if (kept.add(step)) {
                open.addAll(step.upstream());
                step.condition()
                        .ifPresent(condition -> steps.stream()
                                .filter(other ->
                                        other.id().equals(condition.getOutput().getStep()))
                                .forEach(open::add));
            }
        }
        return new PlanDraft(steps.stream().filter(kept::contains).toList(), unbound);
    }

    /**
     * A specialist that would answer a clause and can't run.
     *
     * @param missingInput the type of input that it needs, if that is what is missing
     */
    public record Unbound(int clause, String specialist, String reason, Optional<String> missingInput) {}
}
