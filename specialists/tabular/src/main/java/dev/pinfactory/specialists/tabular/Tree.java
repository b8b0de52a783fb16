package dev.pinfactory.specialists.tabular;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A decision tree over numbers, in arrays: node 0 is the root.
 *
 * @param feature asked at a node, -1 at a leaf
 * @param threshold values up to it go left
 * @param missingLeft whether a value that is not known goes left
 * @param left child
 * @param right child
 * @param value log-odds that the node stands for: a leaf's is the tree's answer, an inner node's the mean of those below it
 */
record Tree(int[] feature, double[] threshold, boolean[] missingLeft, int[] left, int[] right, float[] value) {
    private static final int MAX_NODES = 10_000;
    private static final int MAX_FEATURES = 100_000;

    Tree {
        for (int node = 0; node < feature.length; node++) {
            // Children stand behind their parent, so that walking ends.
            if (feature[node] >= 0
                    && (left[node] <= node
                            || right[node] <= node
                            || left[node] >= feature.length
                            || right[node] >= feature.length)) {
                throw new IllegalArgumentException("node " + node + " of a tree points backwards or outside");
            }
        }
    }

    double score(double[] features) {
        int node = 0;
        while (feature[node] >= 0) {
            node = next(node, features);
        }
        return value[node];
    }

    /** Adds to each column what its answers on the path changed (Saabas's decomposition). */
    void explain(double[] features, int[] columnOfFeature, double[] contributions) {
        int node = 0;
        while (feature[node] >= 0) {
            int next = next(node, features);
            contributions[columnOfFeature[feature[node]]] += value[next] - value[node];
            node = next;
        }
    }

    private int next(int node, double[] features) {
        double x = features[feature[node]];
        boolean goesLeft = Double.isNaN(x) ? missingLeft[node] : x <= threshold[node];
        return goesLeft ? left[node] : right[node];
    }

    void write(ModelOutput out) throws IOException {
        out.count(feature.length);
        for (int node = 0; node < feature.length; node++) {
            out.count(feature[node] + 1);
            out.number(value[node]);
            if (feature[node] >= 0) {
                out.number(threshold[node]);
                out.signed((byte) (missingLeft[node] ? 1 : 0));
                out.count(left[node]);
                out.count(right[node]);
            }
        }
    }

    static Tree read(ModelInput in, int features) throws IOException {
        int nodes = in.count(MAX_NODES);
        if (nodes == 0) {
            throw new IOException("model has a tree without nodes");
        }
        Tree tree = empty(nodes);
        for (int node = 0; node < nodes; node++) {
            tree.feature[node] = in.count(Math.min(features, MAX_FEATURES)) - 1;
            tree.value[node] = in.smallNumber();
            if (tree.feature[node] >= 0) {
                tree.threshold[node] = in.number();
                tree.missingLeft[node] = in.signed() != 0;
                tree.left[node] = in.count(nodes - 1);
                tree.right[node] = in.count(nodes - 1);
            }
        }
        return new Tree(tree.feature, tree.threshold, tree.missingLeft, tree.left, tree.right, tree.value);
    }

    /** All leaves, to be filled. */
    static Tree empty(int nodes) {
        int[] feature = new int[nodes];
        Arrays.fill(feature, -1);
        return new Tree(
                feature, new double[nodes], new boolean[nodes], new int[nodes], new int[nodes], new float[nodes]);
    }
}
