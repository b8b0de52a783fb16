package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import java.util.HashSet;
import java.util.Set;

/** Which specialists a task can feed: those whose required inputs have a type that is given, or that one of them makes of what is given. */
final class Feedable {
    private final SemanticTypes types;
    private final Set<String> there = new HashSet<>();

    private Feedable(PlanRequest request, SemanticTypes types) {
        this.types = types;
        // Words of the instruction can be an input.
        there.add(SemanticTypes.TEXT);
        request.getInputsList().stream().map(InputDescription::getType).forEach(there::add);
    }

    static Contracts of(PlanRequest request, Contracts contracts) {
        Feedable feedable = new Feedable(request, contracts.types());
        Set<String> fed = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Contract contract : contracts.all()) {
                if (!fed.contains(contract.getId()) && feedable.feeds(contract)) {
                    fed.add(contract.getId());
                    contract.getOutputsList().stream().map(Port::getType).forEach(feedable.there::add);
                    more = true;
                }
            }
        }
        return fed.size() == contracts.size() ? contracts : contracts.only(contract -> fed.contains(contract.getId()));
    }

    private boolean feeds(Contract contract) {
        return contract.getInputsList().stream()
                .filter(port -> !port.getOptional())
                .allMatch(port -> there.stream().anyMatch(type -> types.isAssignable(type, port.getType())));
    }
}
