package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.learning.SparseVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Compares the rows that may be the same, and puts those that are into groups. */
record Matcher(PairModel model) {
    /** Pairs below are of no use to anyone. */
    static final double LEAST = 0.1;

    /** Two rows and how likely they are the same. */
    record Match(int first, int second, double probability) {}

    /** The likeliest first. */
    List<Match> matches(Records records, BooleanSupplier cancelled) {
        List<Match> matches = new ArrayList<>();
        List<Blocking.Pair> pairs = Blocking.pairs(records, cancelled);
        List<SparseVector> features = Rivals.features(records, pairs, cancelled);
        for (int i = 0; i < features.size(); i++) {
            Blocking.Pair pair = pairs.get(i);
            double probability = model.probability(features.get(i));
            if (probability >= LEAST) {
                matches.add(new Match(pair.first(), pair.second(), probability));
            }
        }
        matches.sort(Comparator.comparingDouble(Match::probability)
                .reversed()
                .thenComparingInt(Match::first)
                .thenComparingInt(Match::second));
        return matches;
    }

    /**
     * Groups of two and more rows, in the order of their first. Two groups become one only if their rows are alike on the average, so that a chain of
     * doubtful pairs does not tie together what has nothing in common.
     */
    static List<List<Integer>> groups(List<Match> matches, double threshold) {
        Map<Long, Double> known = new HashMap<>();
        matches.forEach(match -> known.put(key(match.first(), match.second()), match.probability()));
        Map<Integer, List<Integer>> groups = new HashMap<>();
        for (Match match : matches) {
            if (match.probability() < threshold) {
                break;
            }
            List<Integer> left = groups.computeIfAbsent(match.first(), row -> new ArrayList<>(List.of(row)));
            List<Integer> right = groups.computeIfAbsent(match.second(), row -> new ArrayList<>(List.of(row)));
            if (left == right || mean(left, right, known) < threshold / 2) {
                continue;
            }
            left.addAll(right);
            right.forEach(row -> groups.put(row, left));
        }
        Map<Integer, List<Integer>> ordered = new TreeMap<>();
        for (List<Integer> group : groups.values()) {
            if (group.size() > 1) {
                List<Integer> sorted = group.stream().sorted().toList();
                ordered.put(sorted.getFirst(), sorted);
            }
        }
        return List.copyOf(ordered.values());
    }

    private static double mean(List<Integer> left, List<Integer> right, Map<Long, Double> known) {
        double sum = 0;
        for (int a : left) {
            for (int b : right) {
                sum += known.getOrDefault(key(Math.min(a, b), Math.max(a, b)), 0.0);
            }
        }
        return sum / left.size() / right.size();
    }

    private static long key(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }
}
