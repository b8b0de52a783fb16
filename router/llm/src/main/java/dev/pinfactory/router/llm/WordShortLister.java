package dev.pinfactory.router.llm;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.PlanningRequest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prefers cards that share words with the instruction; among equals the order of ids. Words are compared by their first letters, which is crude and
 * enough to drop the hopeless: a model that ranks better can be given instead.
 */
final class WordShortLister implements ShortLister {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int STEM = 5;
    private static final int SHORTEST = 4;

    @Override
    public List<Contract> shortList(PlanningRequest request, int atMost) {
        if (request.contracts().size() <= atMost) {
            return List.copyOf(request.contracts().all());
        }
        Set<String> wanted = stems(request.request().getInstruction());
        return request.contracts().all().stream()
                .map(contract -> new Scored(contract, shared(wanted, contract)))
                .sorted(Comparator.comparingLong(Scored::shared)
                        .reversed()
                        .thenComparing(scored -> scored.contract().getId()))
                .limit(atMost)
                .map(Scored::contract)
                .toList();
    }

    private static long shared(Set<String> wanted, Contract contract) {
        String text = String.join(
                " ",
                contract.getId(),
                contract.getSummary(),
                contract.getDescription(),
                String.join(" ", contract.getExamplesList()));
        Set<String> stems = new HashSet<>(stems(text));
        stems.retainAll(wanted);
        return stems.size();
    }

    private static Set<String> stems(String text) {
        return BETWEEN_WORDS
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= SHORTEST)
                .map(word -> word.substring(0, Math.min(STEM, word.length())))
                .collect(Collectors.toSet());
    }

    private record Scored(Contract contract, long shared) {}
}
