package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.clauses.ComposedContract.Placed;
import dev.pinfactory.specialists.clauses.ContractReading.UnfairClause;
import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * How many of the unfair clauses of contracts are found, and of those that are found how many are unfair: a clause counts where most of what was found lies
 * in it and one kind at least is right. Intervals by drawing contracts.
 */
final class ContractScores {
    /** Of what is said of contracts as wholes. */
    private static final Set<String> WHOLE = Set.of("f1", "ece");

    private final List<Count> counts = new ArrayList<>();
    private final ClauseScores wholes = new ClauseScores();

    private record Count(int there, int thereAndFound, int found, int foundRightly) {}

    void add(ComposedContract contract, ContractReading reading) {
        Set<String> kinds = new HashSet<>();
        contract.placed().forEach(placed -> kinds.addAll(placed.kinds()));
        wholes.add(kinds, reading.kinds());
        int thereAndFound = (int) contract.placed().stream()
                .filter(placed -> reading.unfair().stream().anyMatch(unfair -> meets(unfair, placed)))
                .count();
        int rightly = (int) reading.unfair().stream()
                .filter(unfair -> contract.placed().stream().anyMatch(placed -> meets(unfair, placed)))
                .count();
        counts.add(new Count(
                contract.placed().size(), thereAndFound, reading.unfair().size(), rightly));
    }

    private static boolean meets(UnfairClause unfair, Placed placed) {
        int common = Math.min(unfair.clause().end(), placed.end())
                - Math.max(unfair.clause().start(), placed.start());
        return 2 * common > unfair.clause().end() - unfair.clause().start()
                && unfair.kinds().stream().map(Candidate::label).anyMatch(placed.kinds()::contains);
    }

    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        put(metrics, share("contract_recall", Count::thereAndFound, Count::there));
        put(metrics, share("contract_precision", Count::foundRightly, Count::found));
        wholes.metrics().forEach((name, metric) -> {
            if (WHOLE.contains(name)) {
                put(metrics, metric.named("contract_" + name));
            }
        });
        return metrics;
    }

    private static void put(Map<String, Metric> metrics, Metric metric) {
        metrics.put(metric.name(), metric);
    }

    private Metric share(String name, ToIntFunction<Count> part, ToIntFunction<Count> of) {
        return Bootstrap.measure(name, counts.size(), draw -> {
            int parts = 0;
            int all = 0;
            for (int i : draw) {
                parts += part.applyAsInt(counts.get(i));
                all += of.applyAsInt(counts.get(i));
            }
            return all == 0 ? 0 : (double) parts / all;
        });
    }
}
