package dev.pinfactory.router.models;

import java.util.List;

/** How often tools are used, and together, in labelled examples; each figure also as if one example had not been there. Immutable. */
final class ToolUse {
    private final List<int[]> sets;
    private final int[] counts;
    private final int[][] pairs;
    private final long size;

    /**
     * @param sets tools of each example, without repetition; empty for one that is left out
     * @param tools number of tools
     */
    ToolUse(List<int[]> sets, int tools) {
        this.sets = List.copyOf(sets);
        this.counts = new int[tools];
        this.pairs = new int[tools][tools];
        this.size = sets.stream().filter(set -> set.length > 0).count();
        for (int[] set : sets) {
            for (int tool : set) {
                counts[tool]++;
                for (int other : set) {
                    pairs[tool][other]++;
                }
            }
        }
    }

    int[] set(int example) {
        return sets.get(example);
    }

    /**
     * In how many examples a tool is used.
     *
     * @param without an example to leave out; -1 for none
     */
    int count(int tool, int without) {
        return counts[tool] - (holds(without, tool) ? 1 : 0);
    }

    /** Share of the examples with {@code given} that also use {@code tool}. */
    double share(int tool, int given, int without) {
        return (together(tool, given, without) + 0.1) / (count(given, without) + 2.0);
    }

    /** Pointwise mutual information, smoothed, in nats. */
    double mutualInformation(int a, int b, int without) {
        double n = size + 1.0;
        double expected = (count(a, without) + 0.5) * (count(b, without) + 0.5) / n;
        return Math.log((together(a, b, without) + 0.5 * expected + 0.05) / (1.5 * expected + 0.05));
    }

    private int together(int a, int b, int without) {
        return pairs[a][b] - (holds(without, a) && holds(without, b) ? 1 : 0);
    }

    private boolean holds(int example, int tool) {
        if (example < 0) {
            return false;
        }
        for (int other : sets.get(example)) {
            if (other == tool) {
                return true;
            }
        }
        return false;
    }
}
