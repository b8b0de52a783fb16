package dev.pinfactory.router.models;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Fits {@link LanguageModel} by averaged stochastic gradient descent, both sides weighted equally. Deterministic for a seed. */
final class LanguageTrainer {
    private static final int EPOCHS = 4;
    private static final double RATE = 0.5;
    private static final double DECAY = 1e-6;

    private LanguageTrainer() {}

    static LanguageModel fit(List<String> known, List<String> others, long seed) {
        Random random = new Random(seed);
        int all = known.size() + others.size();
        List<Integer> order =
                new java.util.ArrayList<>(IntStream.range(0, all).boxed().toList());
        double[] weights = new double[LanguageModel.BUCKETS];
        double bias = 0;
        double balance = (double) others.size() / known.size();
        long step = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Collections.shuffle(order, random);
            for (int example : order) {
                boolean positive = example < known.size();
                String text = LanguageModel.prose(positive ? known.get(example) : others.get(example - known.size()));
                int[] buckets = LanguageModel.buckets(text);
                double norm = Math.sqrt(buckets.length);
                double logit = bias;
                for (int bucket : buckets) {
                    logit += weights[bucket] / norm;
                }
                double error = (LogisticRegression.sigmoid(logit) - (positive ? 1 : 0))
                        * (positive ? Math.max(1, balance) : Math.max(1, 1 / balance));
                double rate = RATE / (1 + step++ / (double) all);
                for (int bucket : buckets) {
                    weights[bucket] -= rate * (error / norm + DECAY * weights[bucket]);
                }
                bias -= rate * 0.01 * error;
            }
        }
        return quantised(weights, bias);
    }

    private static LanguageModel quantised(double[] weights, double bias) {
        double largest = 1e-9;
        for (double weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < weights.length; i++) {
            bytes[i] = (byte) Math.round(weights[i] / largest * Byte.MAX_VALUE);
        }
        return new LanguageModel(bytes, (float) (largest / Byte.MAX_VALUE), (float) bias);
    }
}
