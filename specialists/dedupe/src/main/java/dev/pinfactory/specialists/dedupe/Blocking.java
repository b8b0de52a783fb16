package dev.pinfactory.specialists.dedupe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Which pairs are worth comparing: those that share something rare. Time and memory stay bounded, since what many rows share is passed over and each row
 * has at most {@value #MOST_PARTNERS} partners.
 */
final class Blocking {
    private static final int MOST_PARTNERS = 15;
    private static final int LARGEST_BLOCK = 40;
    private static final int KEY = 4;

    private Blocking() {}

    /** Two rows, the first before the second. */
    record Pair(int first, int second) {}

    private record Partner(int row, double shared) {}

    /** In ascending order; ends early when nobody waits. */
    static List<Pair> pairs(Records records, BooleanSupplier cancelled) {
        Map<String, List<Integer>> blocks = new HashMap<>();
        List<Set<String>> keys = new ArrayList<>();
        for (int row = 0; row < records.size(); row++) {
            Set<String> own = keys(records.tokens(row));
            keys.add(own);
            for (String key : own) {
                blocks.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }
        TreeSet<Pair> pairs = new TreeSet<>(Comparator.comparingInt(Pair::first).thenComparingInt(Pair::second));
        for (int row = 0; row < records.size() && !cancelled.getAsBoolean(); row++) {
            Map<Integer, Double> shared = new HashMap<>();
            for (String key : keys.get(row)) {
                List<Integer> block = blocks.getOrDefault(key, List.of());
                if (block.size() > LARGEST_BLOCK) {
                    continue;
                }
                double weight = 1.0 / block.size();
                for (int other : block) {
                    if (other != row) {
                        shared.merge(other, weight, Double::sum);
                    }
                }
            }
            int self = row;
            shared.entrySet().stream()
                    .map(entry -> new Partner(entry.getKey(), entry.getValue()))
                    .sorted(Comparator.comparingDouble(Partner::shared)
                            .reversed()
                            .thenComparingInt(Partner::row))
                    .limit(MOST_PARTNERS)
                    .forEach(partner ->
                            pairs.add(new Pair(Math.min(self, partner.row()), Math.max(self, partner.row()))));
        }
        return List.copyOf(pairs);
    }

    /** Each token, and its beginning and end, which survive most slips of the pen. */
    private static Set<String> keys(Set<String> tokens) {
        Set<String> keys = new TreeSet<>(tokens);
        Set<String> parts = new HashSet<>();
        for (String token : tokens) {
            if (token.length() > KEY) {
                parts.add("^" + token.substring(0, KEY));
                parts.add("$" + token.substring(token.length() - KEY));
            }
        }
        keys.addAll(parts);
        return keys;
    }
}
