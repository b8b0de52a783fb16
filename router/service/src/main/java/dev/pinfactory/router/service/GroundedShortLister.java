package dev.pinfactory.router.service;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.llm.ShortLister;
import dev.pinfactory.router.planner.PlannerModels;
import dev.pinfactory.router.planner.PlanningRequest;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows the language model the specialists that the encoder finds most probable, and, in a quarter of the places, those that turn one type into another:
 * nothing in an instruction asks for a reader.
 */
final class GroundedShortLister implements ShortLister {
    private final Supplier<PlannerModels> current;

    GroundedShortLister(Supplier<PlannerModels> current) {
        this.current = current;
    }

    @Override
    public List<Contract> shortList(PlanningRequest request, int atMost) {
        Contracts contracts = request.contracts();
        PlannerModels models = current.get();
        Interpretation interpretation =
                new Interpreter(models.verbs()).interpret(request.request().getInstruction());
        List<Contract> best = models.grounder().ground(interpretation, contracts).scores().stream()
                .map(CardScore::contract)
                .toList();
        int byScore = contracts.size() <= atMost ? atMost : atMost - atMost / 4;
        Set<Contract> shown = new LinkedHashSet<>(best.subList(0, Math.min(byScore, best.size())));
        for (Contract contract : contracts.all()) {
            if (shown.size() < atMost && converts(contract)) {
                shown.add(contract);
            }
        }
        return List.copyOf(shown);
    }

    private static boolean converts(Contract contract) {
        return contract.getInputsCount() == 1
                && contract.getOutputsCount() == 1
                && !contract.getInputs(0)
                        .getType()
                        .equals(contract.getOutputs(0).getType());
    }
}
