package dev.pinfactory.router.llm.language;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import java.util.Comparator;
import java.util.List;

/**
 * Gives each step the specialists that can stand in: same capability, large language models last. Whether one can is what the validator says of the
 * plan with it, so that there is one set of rules.
 */
final class Fallbacks {
    private static final int MOST = 3;

    private final Contracts contracts;
    private final PlanValidator validator;
    private final TaskShape shape;

    Fallbacks(Contracts contracts, PlanValidator validator, TaskShape shape) {
        this.contracts = contracts;
        this.validator = validator;
        this.shape = shape;
    }

    /**
     * @param plan a valid one
     */
    Plan added(Plan plan) {
        Plan.Builder with = plan.toBuilder();
        for (int i = 0; i < plan.getStepsCount(); i++) {
            for (Contract candidate : candidates(plan.getSteps(i))) {
                Step before = with.getSteps(i);
                if (before.getFallbacksCount() == MOST) {
                    break;
                }
                Step.Builder step = before.toBuilder()
                        .addFallbacks(Fallback.newBuilder()
                                .setSpecialist(candidate.getId())
                                .setContractDigest(
                                        contracts.digestOf(candidate.getId()).orElse("")));
                with.setSteps(i, step);
                if (!validator.validate(with.build(), shape).isEmpty()) {
                    with.setSteps(i, before);
                }
            }
        }
        return with.build();
    }

    private List<Contract> candidates(Step step) {
        String capability = contracts
                .find(step.getSpecialist())
                .map(Contract::getCapability)
                .orElse("");
        if (capability.isEmpty()) {
            return List.of();
        }
        return contracts.all().stream()
                .filter(contract -> contract.getCapability().equals(capability))
                .filter(contract -> !contract.getId().equals(step.getSpecialist()))
                .sorted(Comparator.comparing(contract -> contract.getKind() == Contract.Kind.LLM))
                .limit(2L * MOST)
                .toList();
    }
}
