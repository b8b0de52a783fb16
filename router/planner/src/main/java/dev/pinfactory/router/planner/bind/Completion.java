package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Finds specialists that turn a type that is there into one that is wanted: the shortest chain, then the one whose specialists suit the instruction
 * best, then by id. Only what has one required input, and never over {@code any}, which would connect everything with everything.
 */
final class Completion {
    private static final int MAX_CHAIN = 3;
    private static final int MAX_OPEN = 512;

    private final Contracts contracts;
    private final SemanticTypes types;
    private final ToDoubleFunction<Contract> suitability;
    private final Set<String> forbidden;
    private final Map<String, List<Link>> links = new HashMap<>();

    Completion(Contracts contracts, ToDoubleFunction<Contract> suitability, Set<String> forbidden) {
        this.contracts = contracts;
        this.types = contracts.types();
        this.suitability = suitability;
        this.forbidden = forbidden;
    }

    /** One link: a specialist, the port that it reads by and the one that it gives by. */
    record Link(Contract contract, Port reads, Port gives) {}

    /** The links from a type to another, first one first; empty when there is no way. */
    List<Link> chain(String from, String to) {
        List<List<Link>> open = new ArrayList<>();
        open.add(List.of());
        Set<String> reached = new HashSet<>(Set.of(from));
        for (int length = 1; length <= MAX_CHAIN; length++) {
            List<List<Link>> longer = new ArrayList<>();
            for (List<Link> chain : open) {
                String at = chain.isEmpty() ? from : chain.getLast().gives().getType();
                for (Link link : linksFrom(at)) {
                    if (longer.size() < MAX_OPEN) {
                        List<Link> next = new ArrayList<>(chain);
                        next.add(link);
                        longer.add(next);
                    }
                }
            }
            List<Link> best = best(longer, to);
            if (!best.isEmpty()) {
                return best;
            }
            longer.removeIf(chain -> reached.contains(chain.getLast().gives().getType()));
            longer.forEach(chain -> reached.add(chain.getLast().gives().getType()));
            open = longer;
        }
        return List.of();
    }

    private List<Link> best(List<List<Link>> chains, String to) {
        List<Link> best = List.of();
        double highest = Double.NEGATIVE_INFINITY;
        for (List<Link> chain : chains) {
            double score = chain.stream()
                    .mapToDouble(link -> suitability.applyAsDouble(link.contract()))
                    .sum();
            if (types.isAssignable(chain.getLast().gives().getType(), to) && score > highest) {
                best = chain;
                highest = score;
            }
        }
        return best;
    }

    private List<Link> linksFrom(String type) {
        return links.computeIfAbsent(type, this::find);
    }

    private List<Link> find(String type) {
        List<Link> found = new ArrayList<>();
        for (Contract contract : contracts.all()) {
            List<Port> required = contract.getInputsList().stream()
                    .filter(port -> !port.getOptional())
                    .toList();
            if (required.size() != 1
                    || forbidden.contains(contract.getId())
                    || contract.getKind() == Contract.Kind.LLM) {
                continue;
            }
            Port reads = required.getFirst();
            if (reads.getType().equals(SemanticTypes.ANY) || !types.isAssignable(type, reads.getType())) {
                continue;
            }
            for (Port gives : contract.getOutputsList()) {
                if (!gives.getType().equals(SemanticTypes.ANY) && !types.isAssignable(gives.getType(), type)) {
                    found.add(new Link(contract, reads, gives));
                }
            }
        }
        return found;
    }
}
