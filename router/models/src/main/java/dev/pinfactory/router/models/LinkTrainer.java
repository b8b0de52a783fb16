package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.sketch.EdgeFeatures;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Trains the link model from plans whose links are known. */
final class LinkTrainer {
    private final List<float[]> rows = new ArrayList<>();
    private final List<Double> labels = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    /** What is learned from for one pair. */
    @FunctionalInterface
    interface Rows {
        float[] row(Use from, Use to, float[] features);
    }

    /** Adds one plan; only pairs that may be linked are learned from. */
    void add(List<Use> uses, EdgeFeatures features, Set<Link> links, double weight) {
        add(uses, features, links, weight, (from, to, row) -> row);
    }

    /** The same with rows that hold more than the pair's features. */
    void add(List<Use> uses, EdgeFeatures features, Set<Link> links, double weight, Rows more) {
        for (int from = 0; from < uses.size(); from++) {
            for (int to = 0; to < uses.size(); to++) {
                if (features.feeds(from, to)) {
                    Link link = new Link(
                            uses.get(from).contract().getId(),
                            uses.get(to).contract().getId());
                    rows.add(more.row(uses.get(from), uses.get(to), features.row(from, to)));
                    labels.add(links.contains(link) ? 1.0 : 0.0);
                    weights.add(weight);
                }
            }
        }
    }

    BoostedTrees fit() {
        return new BoostingTrainer(120, 10, 0.1).fit(rows.toArray(float[][]::new), doubles(labels), doubles(weights));
    }

    int size() {
        return rows.size();
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
