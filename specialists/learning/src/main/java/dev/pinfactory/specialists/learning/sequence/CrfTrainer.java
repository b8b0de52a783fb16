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

/** Trains a linear-chain conditional random field: stochastic gradient ascent on the log-likelihood, step sizes by AdaGrad (Duchi et al. 2011). */
public final class CrfTrainer {
    /** One text: the features of its tokens and their labels. */
    public record Example(int[][] features, int[] labels) {}

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

    public CrfTrainer(SequencedSet<String> labels, Settings settings) {
        this.labels = List.copyOf(labels);
        this.settings = settings;
        this.transitions = new double[labels.size() + 1][labels.size()];
        this.transitionSquares = new double[labels.size() + 1][labels.size()];
    }

    /** @param commonWords ascending hashes that the model keeps for its features; may be empty */
    public SequenceModel train(List<Example> examples, int[] commonWords) {
        countFeatures(examples);
        Random random = new Random(settings.seed());
        List<Example> indexed =
                new ArrayList<>(examples.stream().map(this::indexed).toList());
        for (int pass = 0; pass < settings.passes(); pass++) {
            Collections.shuffle(indexed, random);
            for (Example example : indexed) {
                learn(example, random);
            }
        }
        return quantized(commonWords);
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
        return new Example(features, example.labels());
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
                double gradient = (example.labels()[i] == l ? 1 : 0) - expected.at(i, l);
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
                transitions,
                commonWords,
                Arrays.copyOf(features, kept),
                Arrays.copyOf(starts, kept + 1),
                Arrays.copyOf(weightLabels, used),
                Arrays.copyOf(bytes, used),
                PlattScaling.NONE);
    }
}
