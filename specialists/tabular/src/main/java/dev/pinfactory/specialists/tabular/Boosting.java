package dev.pinfactory.specialists.tabular;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Grows trees with LightGBM, one thread, and takes them over. Only training comes here: it loads native code. */
final class Boosting {
    private static final int PATIENCE = 50;
    private static final int NAN_IS_MISSING = 2;

    private Boosting() {}

    /** Trees, and how much each feature lowered the loss. */
    record Grown(List<Tree> trees, double[] gains) {}

    /** Rows of features, and what is to be learnt of each: a number, or 1 where it happened and 0 where not. */
    record Examples(double[][] features, float[] targets) {
        LGBMDataset dataset(String parameters, LGBMDataset like) throws LGBMException {
            int width = features[0].length;
            double[] flat = new double[features.length * width];
            for (int i = 0; i < features.length; i++) {
                System.arraycopy(features[i], 0, flat, i * width, width);
            }
            LGBMDataset dataset = LGBMDataset.createFromMat(flat, features.length, width, true, parameters, like);
            dataset.setField("label", targets);
            return dataset;
        }
    }

    /** What the trees add up to. */
    enum Objective {
        /** The log-odds that it happened. */
        LOG_ODDS("objective=binary metric=binary_logloss"),
        /** A number. */
        NUMBER("objective=regression metric=l2");

        private final String parameters;

        Objective(String parameters) {
            this.parameters = parameters;
        }
    }

    /** Stops when the loss on {@code watched} has not become lower for {@value #PATIENCE} rounds, and keeps the best. */
    @SuppressWarnings("NullAway") // the library takes null for "like no other"
    static Grown grow(Objective objective, Examples examples, Examples watched, TabularSettings settings, long seed) {
        NativeLightGbm.load();
        String parameters = objective.parameters + " " + settings.parameters(seed);
        try (LGBMDataset train = examples.dataset(parameters, null);
                LGBMDataset valid = watched.dataset(parameters, train);
                LGBMBooster booster = LGBMBooster.create(train, parameters)) {
            booster.addValidData(valid);
            int best = 1;
            double least = Double.POSITIVE_INFINITY;
            for (int round = 1; round <= settings.rounds() && round - best <= PATIENCE; round++) {
                booster.updateOneIter();
                double loss = booster.getEval(1)[0];
                if (loss < least - 1e-7) {
                    least = loss;
                    best = round;
                }
            }
            String model = booster.saveModelToString(0, best, FeatureImportanceType.GAIN);
            return new Grown(trees(model), gains(model, examples.features()[0].length));
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }

    /** LightGBM's text form: a block of {@code key=values} for each tree. */
    static List<Tree> trees(String model) {
        List<Tree> trees = new ArrayList<>();
        for (Map<String, String[]> block : blocks(model)) {
            trees.add(tree(block));
        }
        return trees;
    }

    private static double[] gains(String model, int features) {
        double[] gains = new double[features];
        for (Map<String, String[]> block : blocks(model)) {
            String[] split = block.getOrDefault("split_feature", new String[0]);
            for (int i = 0; i < split.length; i++) {
                gains[Integer.parseInt(split[i])] += Double.parseDouble(values(block, "split_gain")[i]);
            }
        }
        return gains;
    }

    private static List<Map<String, String[]>> blocks(String model) {
        List<Map<String, String[]>> blocks = new ArrayList<>();
        for (String line : model.lines().toList()) {
            if (line.startsWith("end of trees")) {
                break;
            }
            if (line.startsWith("Tree=")) {
                blocks.add(new HashMap<>());
                continue;
            }
            int at = line.indexOf('=');
            if (at > 0 && !blocks.isEmpty() && at < line.length() - 1) {
                blocks.getLast()
                        .put(line.substring(0, at), line.substring(at + 1).split(" "));
            }
        }
        return blocks;
    }

    /** Inner nodes first, as the library numbers them, then the leaves, which it writes as -1, -2 and so on. */
    private static Tree tree(Map<String, String[]> block) {
        String[] leaves = values(block, "leaf_value");
        String[] split = block.getOrDefault("split_feature", new String[0]);
        Tree tree = Tree.empty(split.length + leaves.length);
        for (int node = 0; node < split.length; node++) {
            tree.feature()[node] = Integer.parseInt(split[node]);
            tree.threshold()[node] = threshold(values(block, "threshold")[node]);
            int decision = Integer.parseInt(values(block, "decision_type")[node]);
            boolean defaultLeft = (decision & 2) != 0;
            // Where no value was missing in training, the library takes a missing one for 0.
            tree.missingLeft()[node] =
                    (decision >> 2 & 3) == NAN_IS_MISSING ? defaultLeft : 0 <= tree.threshold()[node];
            tree.left()[node] = child(values(block, "left_child")[node], split.length);
            tree.right()[node] = child(values(block, "right_child")[node], split.length);
            tree.value()[node] = Float.parseFloat(values(block, "internal_value")[node]);
        }
        for (int leaf = 0; leaf < leaves.length; leaf++) {
            tree.value()[split.length + leaf] = Float.parseFloat(leaves[leaf]);
        }
        return new Tree(tree.feature(), tree.threshold(), tree.missingLeft(), tree.left(), tree.right(), tree.value());
    }

    private static String[] values(Map<String, String[]> block, String key) {
        String[] values = block.get(key);
        if (values == null) {
            throw new IllegalStateException("LightGBM's model has a tree without '" + key + "'");
        }
        return values;
    }

    /** A split of the known from the missing has no bound. */
    private static double threshold(String text) {
        return text.equals("inf") ? Double.MAX_VALUE : Double.parseDouble(text);
    }

    private static int child(String number, int inner) {
        int child = Integer.parseInt(number);
        return child >= 0 ? child : inner + ~child;
    }
}
