package dev.pinfactory.specialists.learning.ranking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fits a ranking model: stochastic gradient descent on the cross-entropy of the softmax, step sizes by AdaGrad (Duchi et al. 2011). */
public final class RankingTrainer {
    /**
     * Candidates of which one has to be chosen.
     *
     * @param targets how much each candidate deserves to be chosen; they add up to one
     */
    public record Choice(List<FeatureVector> candidates, double[] targets) {
        public Choice {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * @param decay pull of each weight towards zero at each step
     * @param dropOut share of the features that are hidden in each step, so that none is relied on alone
     * @param minimumCount features that occur in fewer choices are left out
     */
    public record Settings(int passes, double stepSize, double decay, double dropOut, int minimumCount, long seed) {}

    private RankingTrainer() {}

    public static RankingModel train(List<Choice> choices, Settings settings) {
        Map<Integer, Integer> index = index(choices, settings.minimumCount());
        float[] weights = new float[index.size()];
        float[] squares = new float[index.size()];
        Random random = new Random(settings.seed());
        List<Choice> order = new ArrayList<>(choices);
        for (int pass = 0; pass < settings.passes(); pass++) {
            Collections.shuffle(order, random);
            for (Choice choice : order) {
                step(choice, index, weights, squares, settings, random.nextLong());
            }
        }
        double keep = 1 - settings.dropOut();
        TreeMap<Integer, Integer> sorted = new TreeMap<>(index);
        int[] hashes = new int[sorted.size()];
        float[] kept = new float[hashes.length];
        int next = 0;
        for (Map.Entry<Integer, Integer> feature : sorted.entrySet()) {
            hashes[next] = feature.getKey();
            kept[next++] = (float) (weights[feature.getValue()] * keep);
        }
        return new RankingModel(hashes, kept);
    }

    private static Map<Integer, Integer> index(List<Choice> choices, int minimumCount) {
        Map<Integer, Integer> counts = new HashMap<>();
        Map<Integer, Integer> lastSeen = new HashMap<>();
        for (int c = 0; c < choices.size(); c++) {
            for (FeatureVector candidate : choices.get(c).candidates()) {
                for (int i = 0; i < candidate.size(); i++) {
                    Integer before = lastSeen.put(candidate.hash(i), c);
                    if (before == null || before != c) {
                        counts.merge(candidate.hash(i), 1, Integer::sum);
                    }
                }
            }
        }
        Map<Integer, Integer> index = new HashMap<>();
        counts.forEach((hash, count) -> {
            if (count >= minimumCount) {
                index.put(hash, index.size());
            }
        });
        return index;
    }

    private static void step(
            Choice choice,
            Map<Integer, Integer> index,
            float[] weights,
            float[] squares,
            Settings settings,
            long mask) {
        int count = choice.candidates().size();
        double[] scores = new double[count];
        for (int c = 0; c < count; c++) {
            FeatureVector candidate = choice.candidates().get(c);
            for (int i = 0; i < candidate.size(); i++) {
                Integer at = seen(candidate.hash(i), index, settings, mask);
                scores[c] += at == null ? 0 : weights[at] * candidate.value(i);
            }
        }
        double[] probabilities = RankingModel.softmax(scores);
        Map<Integer, Double> gradients = new HashMap<>();
        for (int c = 0; c < count; c++) {
            double error = choice.targets()[c] - probabilities[c];
            FeatureVector candidate = choice.candidates().get(c);
            for (int i = 0; i < candidate.size() && Math.abs(error) > 1e-5; i++) {
                Integer at = seen(candidate.hash(i), index, settings, mask);
                if (at != null) {
                    gradients.merge(at, error * candidate.value(i), Double::sum);
                }
            }
        }
        gradients.forEach((at, gradient) -> {
            double decayed = gradient - settings.decay() * weights[at];
            squares[at] += (float) (decayed * decayed);
            weights[at] += (float) (settings.stepSize() * decayed / Math.sqrt(squares[at] + 1e-6));
        });
    }

    /** A hidden feature is hidden from all candidates of a choice alike, or the softmax would compare what can't be compared. */
    private static @Nullable Integer seen(int hash, Map<Integer, Integer> index, Settings settings, long mask) {
        long mixed = (hash ^ mask) * 0x9E3779B97F4A7C15L;
        boolean hidden = (mixed >>> 40) / (double) (1L << 24) < settings.dropOut();
        return hidden ? null : index.get(hash);
    }
}
