package dev.pinfactory.registry.service.rollout;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The policy of each specialist. */
public record RolloutPolicies(RolloutPolicy standard, Map<String, RolloutPolicy> bySpecialist) {
    public RolloutPolicies {
        bySpecialist = Map.copyOf(bySpecialist);
    }

    public RolloutPolicy of(String specialist) {
        return bySpecialist.getOrDefault(specialist, standard);
    }

    Duration longestProbation() {
        return Stream.concat(Stream.of(standard), bySpecialist.values().stream())
                .map(RolloutPolicy::probation)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
