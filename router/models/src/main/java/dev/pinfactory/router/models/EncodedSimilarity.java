package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.router.planner.ground.TextSimilarity;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Similarity of short names: the same stems count as the same, else the encoder decides. */
final class EncodedSimilarity implements TextSimilarity {
    /** The encoder's cosine of unrelated texts lies near this; it becomes 0. */
    private static final double UNRELATED = 0.55;

    private static final double SPELLING_WEIGHT = 0.5;

    private final SentenceEncoder encoder;

    EncodedSimilarity(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public double[][] between(List<String> left, List<String> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return new double[left.size()][right.size()];
        }
        float[][] leftVectors =
                encoder.encode(left.stream().map(EncodedSimilarity::nonBlank).toList());
        float[][] rightVectors =
                encoder.encode(right.stream().map(EncodedSimilarity::nonBlank).toList());
        double[][] similarities = new double[left.size()][right.size()];
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size(); j++) {
                double meaning = (Features.dot(leftVectors[i], rightVectors[j]) - UNRELATED) / (1 - UNRELATED);
                double spelling = overlap(left.get(i), right.get(j));
                similarities[i][j] = (1 - SPELLING_WEIGHT) * Math.clamp(meaning, 0, 1) + SPELLING_WEIGHT * spelling;
            }
        }
        return similarities;
    }

    private static double overlap(String left, String right) {
        Set<String> a = Words.contentStems(left);
        Set<String> b = Words.contentStems(right);
        if (a.isEmpty() || b.isEmpty()) {
            return left.equals(right) ? 1 : 0;
        }
        Set<String> both = new LinkedHashSet<>(a);
        both.retainAll(b);
        return 2.0 * both.size() / (a.size() + b.size());
    }

    private static String nonBlank(String text) {
        return text.isBlank() ? "." : text;
    }
}
