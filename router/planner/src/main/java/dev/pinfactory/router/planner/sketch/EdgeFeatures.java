package dev.pinfactory.router.planner.sketch;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of every ordered pair of chosen specialists: whether types and graph let one feed the other, and where the instruction speaks of them. No
 * name and no text, so that a model trained on one catalogue serves another.
 */
public final class EdgeFeatures {
    /** Length of a row. */
    public static final int COUNT = 27;

    private final List<Use> uses;
    private final ToolGraph graph;
    private final boolean typed;
    private final boolean[][] feeds;
    private final Set<String> rawTypes;

    /**
     * @param uses in the order of the instruction
     * @param rawTypes types of what the instruction itself names, such as the image of "photo.jpg"
     */
    public EdgeFeatures(List<Use> uses, ToolGraph graph, Set<String> rawTypes) {
        this.uses = List.copyOf(uses);
        this.graph = graph;
        this.rawTypes = Set.copyOf(rawTypes);
        this.typed = uses.stream().anyMatch(use -> use.contract().getInputsCount() > 0);
        this.feeds = new boolean[uses.size()][uses.size()];
        for (int a = 0; a < feeds.length; a++) {
            for (int b = 0; b < feeds.length; b++) {
                feeds[a][b] =
                        a != b && canFeed(uses.get(a).contract(), uses.get(b).contract());
            }
        }
    }

    /** Types are known. */
    public boolean typed() {
        return typed;
    }

    /** Types, and the graph where there is one, let {@code a} feed {@code b}. */
    public boolean feeds(int a, int b) {
        return feeds[a][b];
    }

    private boolean canFeed(Contract a, Contract b) {
        return (!typed || fits(a, b) > 0) && (!graph.isKnown() || typed || graph.has(a.getId(), b.getId()));
    }

    private static int fits(Contract a, Contract b) {
        int fits = 0;
        for (Port in : b.getInputsList()) {
            fits += a.getOutputsList().stream().anyMatch(out -> out.getType().equals(in.getType())) ? 1 : 0;
        }
        return fits;
    }

    /** The row of the pair that {@code a} feeds {@code b}. */
    public float[] row(int a, int b) {
        Contract from = uses.get(a).contract();
        Contract to = uses.get(b).contract();
        int n = uses.size();
        int feedersOfB = 0;
        int earlierFeedersOfB = 0;
        int receiversOfA = 0;
        int laterReceiversOfA = 0;
        int nearestFeeder = -1;
        int nextReceiver = n;
        int between = 0;
        for (int other = 0; other < n; other++) {
            feedersOfB += feeds[other][b] ? 1 : 0;
            receiversOfA += feeds[a][other] ? 1 : 0;
            if (other < b && feeds[other][b]) {
                earlierFeedersOfB++;
                nearestFeeder = other;
            }
            if (other > a && feeds[a][other]) {
                laterReceiversOfA++;
                nextReceiver = Math.min(nextReceiver, other);
            }
            between += feeds[a][other] && feeds[other][b] ? 1 : 0;
        }
        Set<String> takes = new HashSet<>();
        to.getInputsList().forEach(port -> takes.add(port.getType()));
        long rawInputs = takes.stream().filter(rawTypes::contains).count();
        double distance = uses.get(b).mention() - uses.get(a).mention();
        return new float[] {
            typed ? 1 : 0,
            graph.isKnown() ? 1 : 0,
            graph.has(from.getId(), to.getId()) ? 1 : 0,
            graph.has(to.getId(), from.getId()) ? 1 : 0,
            fits(from, to),
            fits(to, from),
            (float) distance,
            b - a,
            Math.abs(b - a),
            Math.abs(distance) < 1e-6 ? 1 : 0,
            nearestFeeder == a ? 1 : 0,
            nextReceiver == b ? 1 : 0,
            feedersOfB,
            earlierFeedersOfB,
            receiversOfA,
            laterReceiversOfA,
            between,
            a == 0 ? 1 : 0,
            b == 0 ? 1 : 0,
            a == n - 1 ? 1 : 0,
            b == n - 1 ? 1 : 0,
            to.getInputsCount(),
            from.getInputsCount(),
            takes.size(),
            rawInputs,
            n,
            feeds[b][a] ? 1 : 0
        };
    }
}
