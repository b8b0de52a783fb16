package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.sketch.LinkScorer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/** Judges links by what is known of any pair of specialists, and by who fed whom in the examples. Immutable. */
record FittedLinks(LinkHistory history, BoostedTrees trees) {

    /**
     * For one request.
     *
     * @param places of the tools that the examples know, by contract id
     * @param similarities of the request to the examples
     */
    LinkScorer scorer(Map<String, Integer> places, float[] similarities) {
        return (from, to, features) -> trees.logit(history.row(
                features,
                places.getOrDefault(from.contract().getId(), -1),
                places.getOrDefault(to.contract().getId(), -1),
                similarities,
                -1));
    }

    void write(DataOutputStream out) throws IOException {
        history.write(out);
        trees.write(out);
    }

    static FittedLinks read(DataInputStream in, int examples, int tools) throws IOException {
        return new FittedLinks(LinkHistory.read(in, examples, tools), BoostedTrees.read(in));
    }
}
