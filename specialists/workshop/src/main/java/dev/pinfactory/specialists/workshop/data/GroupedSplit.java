package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.learning.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Divides rows into a part to learn from and a part to test with, seeded. Duplicates stay together: else the test would ask what was learnt by heart. */
public final class GroupedSplit {
    private GroupedSplit() {}

    /**
     * Row numbers, from 0, of both parts, in order.
     *
     * @param groups of each row
     * @param stratum of a group's first row: both parts have equal shares of each
     */
    public static Split<Integer> of(int[] groups, IntFunction<String> stratum, double share, long seed) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            members.computeIfAbsent(groups[i], group -> new ArrayList<>()).add(i);
        }
        Split<List<Integer>> split =
                Split.stratified(List.copyOf(members.values()), group -> stratum.apply(group.getFirst()), share, seed);
        return new Split<>(rows(split.train()), rows(split.held()));
    }

    private static List<Integer> rows(List<List<Integer>> groups) {
        return groups.stream().flatMap(List::stream).sorted().toList();
    }
}
