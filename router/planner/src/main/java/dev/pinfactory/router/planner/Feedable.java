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
 * to have the columns that the card names. Series that are given are for who learnt from them, not for who forecasts any.
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
                    feedable.made.addAll(made(contract));
                    more = true;
                }
            }
        }
        List<Contract> special = contracts.all().stream()
                .filter(contract -> fed.contains(contract.getId()) && feedable.knows(contract))
                .toList();
        contracts.all().stream()
                .filter(contract -> special.stream().anyMatch(other -> isGeneral(contract, other)))
                .forEach(contract -> fed.remove(contract.getId()));
        return fed.size() == contracts.size() ? contracts : contracts.only(contract -> fed.contains(contract.getId()));
    }

    /** Series that are made of series go by the same names: who can't read those that are given can't read them either. */
    private static List<String> made(Contract contract) {
        List<String> taken = typesOf(contract.getInputsList());
        return typesOf(contract.getOutputsList()).stream()
                .filter(type -> !type.equals(SemanticTypes.SERIES) || !taken.contains(type))
                .toList();
    }

    /** Whether all the series that are given are of those that it names. */
    private boolean knows(Contract contract) {
        return contract.getInputsList().stream()
                .filter(port -> port.getColumnsCount() > 0 && port.getType().equals(SemanticTypes.SERIES))
                .anyMatch(port -> {
                    List<InputDescription> series = given.stream()
                            .filter(input -> types.isAssignable(input.getType(), port.getType()))
                            .toList();
                    return !series.isEmpty()
                            && series.stream()
                                    .allMatch(input -> input.getColumnsCount() > 0 && TableColumns.mayFit(port, input));
                });
    }

    /** Whether it answers the same question as the special one, of any series: scores of one table are answers to many questions, a forecast is one. */
    private static boolean isGeneral(Contract contract, Contract special) {
        return contract.getInputsList().stream().allMatch(port -> port.getColumnsCount() == 0)
                && family(contract).equals(family(special))
                && typesOf(contract.getInputsList()).equals(typesOf(special.getInputsList()))
                && typesOf(contract.getOutputsList()).equals(typesOf(special.getOutputsList()));
    }

    /** What kind of thing it does: the capability's first word. */
    private static String family(Contract contract) {
        return contract.getCapability().split("\\.", 2)[0];
    }

    private static List<String> typesOf(List<Port> ports) {
        return ports.stream().map(Port::getType).toList();
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
