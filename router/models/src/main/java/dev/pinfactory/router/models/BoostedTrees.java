package dev.pinfactory.router.models;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A sum of regression trees.
 *
 * @param bias logit before any tree
 */
record BoostedTrees(double bias, List<Tree> trees) {
    BoostedTrees {
        trees = List.copyOf(trees);
    }

    /**
     * A binary tree in arrays. A node with a negative feature is a leaf.
     *
     * @param feature which feature decides
     * @param threshold values up to it go left
     * @param left index of the left child; the right one follows it
     * @param value what a leaf adds
     */
    record Tree(int[] feature, float[] threshold, int[] left, float[] value) {
        double value(float[] features) {
            int node = 0;
            while (feature[node] >= 0) {
                node = features[feature[node]] <= threshold[node] ? left[node] : left[node] + 1;
            }
            return value[node];
        }
    }

    double logit(float[] features) {
        double sum = bias;
        for (Tree tree : trees) {
            sum += tree.value(features);
        }
        return sum;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeFloat((float) bias);
        out.writeInt(trees.size());
        for (Tree tree : trees) {
            out.writeInt(tree.feature().length);
            for (int node = 0; node < tree.feature().length; node++) {
                out.writeShort(tree.feature()[node]);
                out.writeFloat(tree.threshold()[node]);
                out.writeShort(tree.left()[node]);
                out.writeFloat(tree.value()[node]);
            }
        }
    }

    static BoostedTrees read(DataInputStream in) throws IOException {
        double bias = in.readFloat();
        int count = in.readInt();
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int nodes = in.readInt();
            int[] feature = new int[nodes];
            float[] threshold = new float[nodes];
            int[] left = new int[nodes];
            float[] value = new float[nodes];
            for (int node = 0; node < nodes; node++) {
                feature[node] = in.readShort();
                threshold[node] = in.readFloat();
                left[node] = in.readShort();
                value[node] = in.readFloat();
            }
            trees.add(new Tree(feature, threshold, left, value));
        }
        return new BoostedTrees(bias, trees);
    }
}
