package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.Violation;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Language models that do what a small specialist does too. They come last: where a task may escalate, its plan is still the one that it would have
 * without them, and each of them is only a fallback.
 */
final class StandIns {
    private StandIns() {}

    /** Those that steps are planned with. */
    static Contracts without(Contracts contracts) {
        Set<String> small = contracts.all().stream()
                .filter(contract -> contract.getKind() != Contract.Kind.LLM)
                .map(Contract::getCapability)
                .collect(Collectors.toSet());
        boolean allStandIn = contracts.all().stream()
                .filter(contract -> contract.getKind() == Contract.Kind.LLM)
                .allMatch(contract -> small.contains(contract.getCapability()));
        // Worked out once for all plans, where it is the same.
        return allStandIn
                ? contracts.withoutLanguageModels()
                : contracts.only(contract -> contract.getKind() != Contract.Kind.LLM
                        || contract.getCapability().isEmpty()
                        || !small.contains(contract.getCapability()));
    }

    /** A language model for another task would answer that one; one without a capability is made for any. */
    static boolean standsInFor(Contract other, Contract mine) {
        return other.getKind() == Contract.Kind.LLM
                && !other.getId().equals(mine.getId())
                && (other.getCapability().isEmpty() || other.getCapability().equals(mine.getCapability()));
    }

    /**
     * The plan without the language models that break rules, such as about the data that they may see; without all of them where that does not
     * help. What then breaks rules breaks them without help.
     */
    static Plan allowed(Plan plan, Contracts contracts, Function<Plan, List<Violation>> rules) {
        List<Violation> violations = rules.apply(plan);
        if (violations.isEmpty()) {
            return plan;
        }
        Set<String> broken = violations.stream()
                .map(violation -> violation.step() + "/" + violation.field())
                .collect(Collectors.toSet());
        Plan less = only(plan, contracts, place -> !broken.contains(place));
        return less.equals(plan) || rules.apply(less).isEmpty() ? less : only(plan, contracts, place -> false);
    }

    /** @param kept of a language model's place, as {@code step/fallbacks[0]} */
    private static Plan only(Plan plan, Contracts contracts, Predicate<String> kept) {
        Plan.Builder less = plan.toBuilder().clearSteps();
        for (Step step : plan.getStepsList()) {
            Step.Builder with = step.toBuilder().clearFallbacks();
            for (int i = 0; i < step.getFallbacksCount(); i++) {
                Fallback fallback = step.getFallbacks(i);
                boolean small = contracts
                        .find(fallback.getSpecialist())
                        .filter(contract -> contract.getKind() == Contract.Kind.LLM)
                        .isEmpty();
                if (small || kept.test(step.getId() + "/fallbacks[" + i + "]")) {
                    with.addFallbacks(fallback);
                }
            }
            less.addSteps(with);
        }
        return less.build();
    }
}
