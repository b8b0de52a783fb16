package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A specialist that may run a step: its own one first, then the fallbacks.
 *
 * @param names our port and parameter names to its own, where they differ
 */
record Candidate(Contract contract, Map<String, String> names) {
    /** In the order in which they are tried. One whose contract is gone is left out; none where the step's own is gone. */
    static List<Candidate> of(Step step, Contracts contracts) {
        Optional<Contract> own = contracts.find(step.getSpecialist());
        if (own.isEmpty()) {
            return List.of();
        }
        List<Candidate> candidates = new ArrayList<>(1 + step.getFallbacksCount());
        candidates.add(new Candidate(own.get(), Map.of()));
        for (Fallback fallback : step.getFallbacksList()) {
            contracts
                    .find(fallback.getSpecialist())
                    .ifPresent(contract -> candidates.add(new Candidate(contract, fallback.getPortsMap())));
        }
        return candidates;
    }

    String specialist() {
        return contract.getId();
    }

    /** What it calls our port or parameter. */
    String name(String ours) {
        return names.getOrDefault(ours, ours);
    }

    boolean hasInput(String theirs) {
        for (int i = 0; i < contract.getInputsCount(); i++) {
            if (contract.getInputs(i).getName().equals(theirs)) {
                return true;
            }
        }
        return false;
    }

    boolean hasParameter(String theirs) {
        for (int i = 0; i < contract.getParametersCount(); i++) {
            if (contract.getParameters(i).getName().equals(theirs)) {
                return true;
            }
        }
        return false;
    }

    /** A data class that it may not see, if there is one. */
    Optional<String> forbidden(Set<String> dataClasses) {
        if (dataClasses.isEmpty()) {
            return Optional.empty();
        }
        List<String> accepted = contract.getAcceptsDataClassesList();
        for (String dataClass : dataClasses) {
            if (!accepted.contains("*") && !accepted.contains(dataClass)) {
                return Optional.of(dataClass);
            }
        }
        return Optional.empty();
    }
}
