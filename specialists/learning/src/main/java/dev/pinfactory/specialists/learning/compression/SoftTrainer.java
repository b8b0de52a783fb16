package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.SparseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trains a linear model on probabilities instead of labels: cross-entropy by stochastic gradient descent. After the first passes all but the largest
 * weights go, and the rest learn on without them. The same input and seed give the same weights.
 */
public final class SoftTrainer {
    private static final double SMALLEST_ERROR = 1e-3;

    /** Of the step: a label's bias is met in every text, a weight in some. */
    private static final double BIAS_SHARE = 0.01;

    private static final double TUNING_SHARE = 0.5;

    private final Settings settings;

    /** Whether a text has one of the labels, or any number of them. */
    public enum Link {
        ONE_OF,
        ANY_OF
    }

    /**
     * How to train.
     *
     * @param passes over the texts before anything is pruned
     * @param tuning passes after each pruning
     * @param decay pulls weights towards zero
     * @param scale the model's decision values are log-odds times this
     */
    public record Settings(Link link, int passes, int tuning, double stepSize, double decay, double scale, long seed) {
        public Settings(Link link, int passes, int tuning, double stepSize, double decay, long seed) {
            this(link, passes, tuning, stepSize, decay, 1, seed);
        }
    }

    public SoftTrainer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Trains.
     *
     * @param features number of feature places
     * @param keeps how many weights stay, falling; each model goes on from the one before it
     * @return a model for each of them
     */
    public List<LinearModel> train(List<SparseVector> texts, SoftTargets targets, int features, List<Integer> keeps) {
        if (texts.size() != targets.rows().length || texts.isEmpty()) {
            throw new IllegalArgumentException(texts.size() + " texts and " + targets.rows().length + " targets");
        }
        Run run = new Run(texts, targets, features);
        run.learn(settings.passes(), settings.stepSize());
        List<LinearModel> models = new ArrayList<>();
        for (int keep : keeps) {
            run.prune(keep);
            run.learn(settings.tuning(), settings.stepSize() * TUNING_SHARE);
            models.add(run.model());
        }
        return List.copyOf(models);
    }

    private final class Run {
        private final List<SparseVector> texts;
        private final SoftTargets targets;
        private final int labels;
        private final float[] weights;
        private final double[] biases;
        private final Integer[] order;
        private final Random random = new Random(settings.seed());
        private boolean pruned;

        Run(List<SparseVector> texts, SoftTargets targets, int features) {
            this.texts = texts;
            this.targets = targets;
            labels = targets.labels().size();
            weights = new float[features * labels];
            biases = new double[labels];
            order = IntStream.range(0, texts.size()).boxed().toArray(Integer[]::new);
        }

        /** Steps become smaller, from the first to none. */
        void learn(int passes, double firstStep) {
            long all = (long) passes * order.length;
            long done = 0;
            for (int pass = 0; pass < passes; pass++) {
                Collections.shuffle(Arrays.asList(order), random);
                for (int i : order) {
                    double size = firstStep * (all - done++) / all;
                    learn(texts.get(i), targets.rows()[i], size * targets.weights()[i]);
                }
            }
        }

        private void learn(SparseVector text, float[] target, double size) {
            double[] said = said(text);
            for (int label = 0; label < labels; label++) {
                double error = target[label] - said[label];
                if (Math.abs(error) < SMALLEST_ERROR) {
                    continue;
                }
                biases[label] += size * BIAS_SHARE * error;
                for (int k = 0; k < text.size(); k++) {
                    int at = text.indices()[k] * labels + label;
                    if (!pruned || weights[at] != 0) {
                        weights[at] += (float) (size * (error * text.values()[k] - settings.decay() * weights[at]));
                    }
                }
            }
        }

        private double[] said(SparseVector text) {
            double[] scores = biases.clone();
            for (int k = 0; k < text.size(); k++) {
                int base = text.indices()[k] * labels;
                float value = text.values()[k];
                for (int label = 0; label < labels; label++) {
                    scores[label] += value * weights[base + label];
                }
            }
            return settings.link() == Link.ONE_OF ? softmax(scores) : sigmoids(scores);
        }

        void prune(int keep) {
            float[] sizes = new float[weights.length];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = Math.abs(weights[i]);
            }
            Arrays.sort(sizes);
            float smallest = keep >= sizes.length ? 0 : sizes[sizes.length - keep];
            for (int i = 0; i < weights.length; i++) {
                if (Math.abs(weights[i]) < smallest) {
                    weights[i] = 0;
                }
            }
            pruned = true;
        }

        LinearModel model() {
            float[][] rows = Stream.generate(() -> new float[weights.length / labels])
                    .limit(labels)
                    .toArray(float[][]::new);
            float[] rowBiases = new float[labels];
            for (int label = 0; label < labels; label++) {
                rowBiases[label] = (float) (settings.scale() * biases[label]);
                for (int feature = 0; feature < rows[label].length; feature++) {
                    rows[label][feature] = (float) settings.scale() * weights[feature * labels + label];
                }
            }
            return LinearModel.of(targets.labels(), rowBiases, rows, 1);
        }
    }

    private static double[] softmax(double[] scores) {
        double best = Arrays.stream(scores).max().orElse(0);
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = StrictMath.exp(scores[i] - best);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return scores;
    }

    private static double[] sigmoids(double[] scores) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 1 / (1 + StrictMath.exp(-scores[i]));
        }
        return scores;
    }
}
