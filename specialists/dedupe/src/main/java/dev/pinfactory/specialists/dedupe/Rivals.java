package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.learning.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the other pairs say of one: of invoices in a row each is as like the next as that one is like its next, while what is the same stands out. */
final class Rivals {
    /** Features that are added to those of the pair itself. */
    static final int SIZE = 4;

    /** Likeness that counts as the same. */
    private static final double CLOSE = 0.04;

    private static final int MANY = 4;
    private static final int CHECK_EVERY = 1_000;

    private Rivals() {}

    /** Features of all pairs, in their order; of fewer, when nobody waits any longer. */
    static List<SparseVector> features(Records records, List<Blocking.Pair> pairs, BooleanSupplier cancelled) {
        List<float[]> own = new ArrayList<>();
        List<List<Integer>> ofRow = new ArrayList<>();
        for (int row = 0; row < records.size(); row++) {
            ofRow.add(new ArrayList<>());
        }
        for (Blocking.Pair pair : pairs) {
            if (own.size() % CHECK_EVERY == 0 && cancelled.getAsBoolean()) {
                break;
            }
            ofRow.get(pair.first()).add(own.size());
            ofRow.get(pair.second()).add(own.size());
            own.add(PairFeatures.of(records, pair.first(), pair.second()));
        }
        List<SparseVector> all = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Blocking.Pair pair = pairs.get(i);
            all.add(vector(own, i, ofRow.get(pair.first()), ofRow.get(pair.second())));
        }
        return all;
    }

    private static SparseVector vector(List<float[]> own, int pair, List<Integer> left, List<Integer> right) {
        double like = likeness(own.get(pair));
        double leftBest = 0;
        double rightBest = 0;
        int close = 0;
        for (int other : left) {
            double likeness = other == pair ? 0 : likeness(own.get(other));
            leftBest = Math.max(leftBest, likeness);
            close += likeness > like - CLOSE ? 1 : 0;
        }
        for (int other : right) {
            double likeness = other == pair ? 0 : likeness(own.get(other));
            rightBest = Math.max(rightBest, likeness);
            close += likeness > like - CLOSE ? 1 : 0;
        }
        double[] added = {
            Math.clamp(like - Math.max(leftBest, rightBest), -0.5, 0.5),
            Math.clamp(like - Math.min(leftBest, rightBest), -0.5, 0.5),
            Math.min(MANY, close) / (double) MANY,
            like >= leftBest && like >= rightBest ? 1 : 0
        };
        float[] features = own.get(pair);
        int[] indices = new int[features.length + SIZE];
        float[] values = new float[indices.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = i;
            values[i] = i < features.length ? features[i] : (float) added[i - features.length];
        }
        return new SparseVector(indices, values);
    }

    private static double likeness(float[] features) {
        return (features[PairFeatures.MEAN] + features[PairFeatures.COSINE]) / 2;
    }
}
