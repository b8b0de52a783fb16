package dev.pinfactory.router.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the set of tools with the highest sum of log-odds, of the log-probability of its size, and of how well its members go together.
 *
 * @param countWeight of the log-probability of the size
 * @param companyWeight of the mean mutual information of pairs
 */
record SetChoice(double countWeight, double companyWeight) {
    private static final int BEST = 8;

    /** A candidate: its log-odds and its place among the tools of the examples, or -1. */
    record Item(int index, double logit, int tool) {}

    /**
     * A set and its score.
     *
     * @param items indexes of the chosen candidates
     * @param margin by how much it scores more than the next best set
     */
    record Chosen(List<Integer> items, double score, double margin) {}

    Chosen choose(List<Item> candidates, double[] counts, ToolUse use, int without) {
        List<Item> best = candidates.stream()
                .sorted(Comparator.comparingDouble(Item::logit).reversed().thenComparing(Item::index))
                .limit(BEST)
                .toList();
        double first = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        int winner = 0;
        for (int mask = 1; mask < 1 << best.size(); mask++) {
            int size = Integer.bitCount(mask);
            if (size > counts.length) {
                continue;
            }
            double score = score(mask, size, best, counts, use, without);
            if (score > first) {
                second = first;
                first = score;
                winner = mask;
            } else if (score > second) {
                second = score;
            }
        }
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            if ((winner >> i & 1) == 1) {
                items.add(best.get(i).index());
            }
        }
        return new Chosen(items, first, best.size() == 1 ? 10 : first - second);
    }

    private double score(int mask, int size, List<Item> best, double[] counts, ToolUse use, int without) {
        double score = countWeight * Math.log(Math.max(1e-6, counts[size - 1]));
        double company = 0;
        int pairs = 0;
        for (int i = 0; i < best.size(); i++) {
            if ((mask >> i & 1) == 0) {
                continue;
            }
            score += best.get(i).logit();
            for (int j = 0; j < i; j++) {
                if ((mask >> j & 1) == 1
                        && best.get(i).tool() >= 0
                        && best.get(j).tool() >= 0) {
                    company += use.mutualInformation(
                            best.get(i).tool(), best.get(j).tool(), without);
                    pairs++;
                }
            }
        }
        return score + (pairs == 0 ? 0 : companyWeight * company / pairs);
    }
}
