package dev.pinfactory.specialists.learning.sequence;

import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trains a linear-chain conditional random field: stochastic gradient ascent on the log-likelihood, step sizes by AdaGrad (Duchi et al. 2011). */
public final class CrfTrainer {
    /**
     * One text.
     *
     * @param features of its tokens
     * @param labels of its tokens
     * @param targets how likely each label is at each token, as a teacher says; null where the labels are certain
     */
    public record Example(int[][] features, int[] labels, float @Nullable [][] targets) {
        public Example(int[][] features, int[] labels) {
            this(features, labels, null);
        }

        double target(int token, int label) {
            return targets == null ? labels[token] == label ? 1 : 0 : targets[token][label];
        }
    }

    /**
     * How a model is made small.
     *
     * @param keep weights that stay, the largest
     * @param passes in which they learn to do without the others
     */
    public record Shrinking(int keep, int passes) {}

    /**
     * @param dropOut share of the features that are hidden from each token in each pass, so that context and looks learn to stand in for known words
     */
    public record Settings(
            int passes, double stepSize, double decay, double dropOut, int minimumCount, double prune, long seed) {}

    private final List<String> labels;
    private final Settings settings;
    private final Map<Integer, Integer> index = new HashMap<>();
    private float[] weights = {};
    private float[] squares = {};
    private final double[][] transitions;
    private final double[][] transitionSquares;
    private boolean pruned;

    public CrfTrainer(SequencedSet<String> labels, Settings settings) {
        this.labels = List.copyOf(labels);
        this.settings = settings;
        this.transitions = new double[labels.size() + 1][labels.size()];
        this.transitionSquares = new double[labels.size() + 1][labels.size()];
    }

    /** @param commonWords ascending hashes that the model keeps for its features; may be empty */
    public SequenceModel train(List<Example> examples, int[] commonWords) {
        return train(examples, commonWords, List.of()).getFirst();
    }

    /**
     * One model with all weights, and one for each shrinking, which goes on from the one before it.
     *
     * @param commonWords ascending hashes that the models keep for their features; may be empty
     */
    public List<SequenceModel> train(List<Example> examples, int[] commonWords, List<Shrinking> shrinkings) {
        countFeatures(examples);
        Random random = new Random(settings.seed());
        List<Example> indexed =
                new ArrayList<>(examples.stream().map(this::indexed).toList());
        learn(indexed, settings.passes(), random);
        List<SequenceModel> models = new ArrayList<>();
        models.add(quantized(commonWords));
        for (Shrinking shrinking : shrinkings) {
            prune(shrinking.keep());
            learn(indexed, shrinking.passes(), random);
            models.add(quantized(commonWords));
        }
        return List.copyOf(models);
    }

    private void learn(List<Example> examples, int passes, Random random) {
        for (int pass = 0; pass < passes; pass++) {
            Collections.shuffle(examples, random);
            for (Example example : examples) {
                learn(example, random);
            }
        }
    }

    private void prune(int keep) {
        float[] sizes = new float[weights.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(weights[i]);
        }
        Arrays.sort(sizes);
        float smallest = keep >= sizes.length ? 0 : sizes[sizes.length - keep];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.abs(weights[i]) < smallest ? 0 : weights[i];
        }
        // What is left has to move once more: with the old sums its steps would be too small.
        Arrays.fill(squares, 0);
        pruned = true;
    }

    private void countFeatures(List<Example> examples) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (Example example : examples) {
            for (int[] token : example.features()) {
                for (int feature : token) {
                    counts.merge(feature, 1, Integer::sum);
                }
            }
        }
        counts.forEach((feature, count) -> {
            if (count >= settings.minimumCount()) {
                index.put(feature, index.size());
            }
        });
        weights = new float[index.size() * labels.size()];
        squares = new float[weights.length];
    }

    private Example indexed(Example example) {
        int[][] features = new int[example.features().length][];
        for (int i = 0; i < features.length; i++) {
            features[i] = Arrays.stream(example.features()[i])
                    .map(f -> index.getOrDefault(f, -1))
                    .filter(f -> f >= 0)
                    .toArray();
        }
        return new Example(features, example.labels(), example.targets());
    }

    private void learn(Example example, Random random) {
        int[][] seen = new int[example.features().length][];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = Arrays.stream(example.features()[i])
                    .filter(f -> random.nextDouble() >= settings.dropOut())
                    .toArray();
        }
        int count = labels.size();
        double[][] scores = new double[seen.length][count];
        for (int i = 0; i < seen.length; i++) {
            for (int feature : seen[i]) {
                int base = feature * count;
                for (int l = 0; l < count; l++) {
                    scores[i][l] += weights[base + l];
                }
            }
        }
        Lattice.Marginals expected = new Lattice(scores, transitions).marginals();
        for (int i = 0; i < seen.length; i++) {
            for (int l = 0; l < count; l++) {
                double gradient = example.target(i, l) - expected.at(i, l);
                if (Math.abs(gradient) > 1e-4) {
                    for (int feature : seen[i]) {
                        step(feature * count + l, gradient);
                    }
                }
            }
            learnTransition(example, expected, i);
        }
    }

    private void learnTransition(Example example, Lattice.Marginals expected, int i) {
        int count = labels.size();
        int before = i == 0 ? count : example.labels()[i - 1];
        for (int a = i == 0 ? count : 0; a < (i == 0 ? count + 1 : count); a++) {
            for (int b = 0; b < count; b++) {
                double probability = i == 0 ? expected.at(0, b) : expected.pair(i - 1, a, b);
                double gradient = (a == before && b == example.labels()[i] ? 1 : 0) - probability;
                if (Math.abs(gradient) > 1e-4) {
                    transitionSquares[a][b] += gradient * gradient;
                    transitions[a][b] += settings.stepSize() * gradient / Math.sqrt(transitionSquares[a][b] + 1e-6);
                }
            }
        }
    }

    private void step(int weight, double gradient) {
        if (pruned && weights[weight] == 0) {
            return;
        }
        double decayed = gradient - settings.decay() * weights[weight];
        squares[weight] += (float) (decayed * decayed);
        weights[weight] += (float) (settings.stepSize() * decayed / Math.sqrt(squares[weight] + 1e-6));
    }

    private SequenceModel quantized(int[] commonWords) {
        int count = labels.size();
        // A feature adds up over about fifty others, so what drop-out hid in training has to be taken back.
        double keep = 1 - settings.dropOut();
        float[] scales = new float[count];
        for (int i = 0; i < weights.length; i++) {
            scales[i % count] = Math.max(scales[i % count], (float) (Math.abs(weights[i]) * keep) / Byte.MAX_VALUE);
        }
        TreeMap<Integer, Integer> sorted = new TreeMap<>(index);
        int[] features = new int[sorted.size()];
        int[] starts = new int[sorted.size() + 1];
        byte[] weightLabels = new byte[weights.length];
        byte[] bytes = new byte[weights.length];
        int kept = 0;
        int used = 0;
        for (Map.Entry<Integer, Integer> entry : sorted.entrySet()) {
            for (int l = 0; l < count; l++) {
                double weight = weights[entry.getValue() * count + l] * keep;
                byte value = scales[l] == 0 ? 0 : (byte) Math.round(weight / scales[l]);
                if (value != 0 && Math.abs(weight) >= settings.prune()) {
                    weightLabels[used] = (byte) l;
                    bytes[used++] = value;
                }
            }
            if (used > starts[kept]) {
                features[kept++] = entry.getKey();
                starts[kept] = used;
            }
        }
        return new SequenceModel(
                labels,
                scales,
                // Learning may go on.
                Arrays.stream(transitions).map(double[]::clone).toArray(double[][]::new),
                commonWords,
                Arrays.copyOf(features, kept),
                Arrays.copyOf(starts, kept + 1),
                Arrays.copyOf(weightLabels, used),
                Arrays.copyOf(bytes, used),
                PlattScaling.NONE);
    }
}
