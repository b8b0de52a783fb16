package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.learning.LabelSetScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Macro F1 with the class none, as in LexGLUE, for draws of the clauses; quick enough for thousands of draws. */
final class MacroF1 implements ToDoubleFunction<int[]> {
    private final int labels;

    /** For each clause the labels that are there, and those that were said. */
    private final long[] there;

    private final long[] said;

    private MacroF1(int labels, long[] there, long[] said) {
        this.labels = labels;
        this.there = there;
        this.said = said;
    }

    static MacroF1 of(List<Set<String>> truth, List<Set<String>> said) {
        Set<String> names = new TreeSet<>(Set.of(LabelSetScores.NONE));
        truth.forEach(names::addAll);
        said.forEach(names::addAll);
        List<String> order = new ArrayList<>(names);
        if (order.size() > Long.SIZE) {
            throw new IllegalArgumentException(order.size() + " labels, at most " + Long.SIZE + " are counted");
        }
        return new MacroF1(order.size(), bits(truth, order), bits(said, order));
    }

    private static long[] bits(List<Set<String>> sets, List<String> order) {
        return sets.stream()
                .map(set -> set.isEmpty() ? Set.of(LabelSetScores.NONE) : set)
                .mapToLong(set -> set.stream()
                        .mapToLong(label -> 1L << order.indexOf(label))
                        .reduce(0, (a, b) -> a | b))
                .toArray();
    }

    @Override
    public double applyAsDouble(int[] draw) {
        int[] both = new int[labels];
        int[] sums = new int[labels];
        int[] theres = new int[labels];
        for (int i : draw) {
            count(both, there[i] & said[i]);
            count(sums, there[i]);
            count(theres, there[i]);
            count(sums, said[i]);
        }
        double sum = 0;
        int present = 0;
        for (int label = 0; label < labels; label++) {
            if (theres[label] > 0) {
                present++;
                sum += 2.0 * both[label] / sums[label];
            }
        }
        return sum / present;
    }

    private static void count(int[] counts, long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            counts[Long.numberOfTrailingZeros(rest)]++;
        }
    }
}
