package dev.pinfactory.router.models;

import dev.pinfactory.router.models.BoostedTrees.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient boosting of small trees for the logistic loss, with second-order leaf values (Chen and Guestrin 2016) over histograms. Each tree grows its
 * best leaf first. Deterministic.
 */
final class BoostingTrainer {
    private static final int BINS = 48;
    private static final double LEAF_PENALTY = 5;
    private static final double MIN_HESSIAN = 3;

    private final int trees;
    private final int leaves;
    private final double rate;

    BoostingTrainer(int trees, int leaves, double rate) {
        this.trees = trees;
        this.leaves = leaves;
        this.rate = rate;
    }

    BoostedTrees fit(float[][] rows, double[] labels, double[] rowWeights) {
        int features = rows[0].length;
        float[][] cuts = new float[features][];
        byte[][] binned = new byte[features][rows.length];
        for (int feature = 0; feature < features; feature++) {
            cuts[feature] = cuts(rows, feature);
            for (int row = 0; row < rows.length; row++) {
                binned[feature][row] = (byte) bin(cuts[feature], rows[row][feature]);
            }
        }
        double positive = 0;
        double total = 0;
        for (int row = 0; row < rows.length; row++) {
            positive += labels[row] * rowWeights[row];
            total += rowWeights[row];
        }
        // Weights are scaled to a mean of 1, so that the penalties mean the same for any weighting.
        double scale = rows.length / total;
        double bias = Math.log(positive / (total - positive));
        double[] logits = new double[rows.length];
        Arrays.fill(logits, bias);
        List<Tree> grown = new ArrayList<>();
        double[] gradients = new double[rows.length];
        double[] hessians = new double[rows.length];
        for (int tree = 0; tree < trees; tree++) {
            for (int row = 0; row < rows.length; row++) {
                double p = LogisticRegression.sigmoid(logits[row]);
                gradients[row] = rowWeights[row] * scale * (p - labels[row]);
                hessians[row] = rowWeights[row] * scale * p * (1 - p);
            }
            Tree next = grow(binned, cuts, gradients, hessians);
            grown.add(next);
            for (int row = 0; row < rows.length; row++) {
                logits[row] += next.value(rows[row]);
            }
        }
        return new BoostedTrees(bias, grown);
    }

    private record Split(int feature, int bin, double gain) {}

    private static final class Leaf {
        final int node;
        final int[] rows;
        final Split split;

        Leaf(int node, int[] rows, Split split) {
            this.node = node;
            this.rows = rows;
            this.split = split;
        }
    }

    private Tree grow(byte[][] binned, float[][] cuts, double[] gradients, double[] hessians) {
        int nodes = 2 * leaves - 1;
        int[] feature = new int[nodes];
        Arrays.fill(feature, -1);
        float[] threshold = new float[nodes];
        int[] left = new int[nodes];
        float[] value = new float[nodes];
        int used = 1;
        int[] all = new int[gradients.length];
        Arrays.setAll(all, i -> i);
        List<Leaf> open = new ArrayList<>();
        open.add(new Leaf(0, all, bestSplit(all, binned, cuts, gradients, hessians)));
        value[0] = (float) (rate * leafValue(all, gradients, hessians));
        while (used + 1 < nodes) {
            Leaf best = open.getFirst();
            for (Leaf leaf : open) {
                best = leaf.split.gain() > best.split.gain() ? leaf : best;
            }
            if (best.split.gain() <= 0) {
                break;
            }
            open.remove(best);
            Split split = best.split;
            byte[] column = binned[split.feature()];
            int[] low = Arrays.stream(best.rows)
                    .filter(row -> column[row] <= split.bin())
                    .toArray();
            int[] high = Arrays.stream(best.rows)
                    .filter(row -> column[row] > split.bin())
                    .toArray();
            feature[best.node] = split.feature();
            threshold[best.node] = cuts[split.feature()][split.bin()];
            left[best.node] = used;
            for (int[] rows : List.of(low, high)) {
                value[used] = (float) (rate * leafValue(rows, gradients, hessians));
                open.add(new Leaf(used, rows, bestSplit(rows, binned, cuts, gradients, hessians)));
                used++;
            }
        }
        return new Tree(
                Arrays.copyOf(feature, used),
                Arrays.copyOf(threshold, used),
                Arrays.copyOf(left, used),
                Arrays.copyOf(value, used));
    }

    private static Split bestSplit(int[] rows, byte[][] binned, float[][] cuts, double[] gradients, double[] hessians) {
        double gradient = 0;
        double hessian = 0;
        for (int row : rows) {
            gradient += gradients[row];
            hessian += hessians[row];
        }
        double whole = score(gradient, hessian);
        Split best = new Split(-1, -1, 0);
        for (int feature = 0; feature < binned.length; feature++) {
            double[] gradientBins = new double[BINS];
            double[] hessianBins = new double[BINS];
            byte[] column = binned[feature];
            for (int row : rows) {
                gradientBins[column[row]] += gradients[row];
                hessianBins[column[row]] += hessians[row];
            }
            double leftGradient = 0;
            double leftHessian = 0;
            for (int bin = 0; bin < cuts[feature].length; bin++) {
                leftGradient += gradientBins[bin];
                leftHessian += hessianBins[bin];
                if (leftHessian < MIN_HESSIAN || hessian - leftHessian < MIN_HESSIAN) {
                    continue;
                }
                double gain = score(leftGradient, leftHessian)
                        + score(gradient - leftGradient, hessian - leftHessian)
                        - whole;
                if (gain > best.gain() + 1e-9) {
                    best = new Split(feature, bin, gain);
                }
            }
        }
        return best;
    }

    private static double score(double gradient, double hessian) {
        return gradient * gradient / (hessian + LEAF_PENALTY);
    }

    private static double leafValue(int[] rows, double[] gradients, double[] hessians) {
        double gradient = 0;
        double hessian = 0;
        for (int row : rows) {
            gradient += gradients[row];
            hessian += hessians[row];
        }
        return -gradient / (hessian + LEAF_PENALTY);
    }

    private static float[] cuts(float[][] rows, int feature) {
        float[] values = new float[rows.length];
        for (int row = 0; row < rows.length; row++) {
            values[row] = rows[row][feature];
        }
        Arrays.sort(values);
        float[] cuts = new float[BINS - 1];
        int count = 0;
        for (int i = 1; i < BINS; i++) {
            float cut = values[(int) ((long) i * (values.length - 1) / BINS)];
            if ((count == 0 || cut > cuts[count - 1]) && cut < values[values.length - 1]) {
                cuts[count++] = cut;
            }
        }
        return Arrays.copyOf(cuts, count);
    }

    private static int bin(float[] cuts, float value) {
        int found = Arrays.binarySearch(cuts, value);
        return found >= 0 ? found : -found - 1;
    }
}
