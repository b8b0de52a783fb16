package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.bind.TableColumns;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which specialists a task can feed: those whose required inputs have a type that is given, or that one of them makes of what is given. A table that is given has
 * to have the columns that the card names.
 */
final class Feedable {
    private final SemanticTypes types;
    private final List<InputDescription> given;
    private final Set<String> made = new HashSet<>();

    private Feedable(PlanRequest request, SemanticTypes types) {
        this.types = types;
        given = request.getInputsList();
        // Words of the instruction can be an input.
        made.add(SemanticTypes.TEXT);
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
                    contract.getOutputsList().stream().map(Port::getType).forEach(feedable.made::add);
                    more = true;
                }
            }
        }
        return fed.size() == contracts.size() ? contracts : contracts.only(contract -> fed.contains(contract.getId()));
    }

    private boolean feeds(Contract contract) {
        return contract.getInputsList().stream()
                .filter(port -> !port.getOptional())
                .allMatch(port ->
                        isGiven(port) || made.stream().anyMatch(type -> types.isAssignable(type, port.getType())));
    }

    private boolean isGiven(Port port) {
        return given.stream()
                .anyMatch(input ->
                        types.isAssignable(input.getType(), port.getType()) && TableColumns.mayFit(port, input));
    }
}
