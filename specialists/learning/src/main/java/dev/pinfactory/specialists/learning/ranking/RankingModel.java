package dev.pinfactory.specialists.learning.ranking;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Weights of sparse features. A candidate's probability is the softmax of its score among its rivals. */
public final class RankingModel {
    private static final int MAX_FEATURES = 4_000_000;
    private static final int BYTES_EACH = Integer.BYTES + Short.BYTES;

    private final int[] hashes;
    private final float[] weights;

    /**
     * @param hashes in ascending order
     */
    RankingModel(int[] hashes, float[] weights) {
        this.hashes = hashes;
        this.weights = weights;
    }

    public double score(FeatureVector candidate) {
        double score = 0;
        for (int i = 0; i < candidate.size(); i++) {
            int at = Arrays.binarySearch(hashes, candidate.hash(i));
            if (at >= 0) {
                score += weights[at] * candidate.value(i);
            }
        }
        return score;
    }

    /** The probability of each candidate; they add up to one. */
    public double[] probabilities(List<FeatureVector> candidates) {
        return softmax(candidates.stream().mapToDouble(this::score).toArray());
    }

    static double[] softmax(double[] scores) {
        double max = Arrays.stream(scores).max().orElse(0);
        double[] probabilities =
                Arrays.stream(scores).map(s -> StrictMath.exp(s - max)).toArray();
        double sum = Arrays.stream(probabilities).sum();
        return Arrays.stream(probabilities).map(p -> p / sum).toArray();
    }

    public void write(ModelOutput out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(hashes.length * BYTES_EACH);
        for (int hash : hashes) {
            bytes.putInt(hash);
        }
        for (float weight : weights) {
            bytes.putShort(Float.floatToFloat16(weight));
        }
        out.count(hashes.length);
        out.bytes(bytes.array());
    }

    public static RankingModel read(ModelInput in) throws IOException {
        int count = in.count(MAX_FEATURES);
        ByteBuffer bytes = ByteBuffer.wrap(in.bytes(count * BYTES_EACH));
        int[] hashes = new int[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = bytes.getInt();
        }
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Float.float16ToFloat(bytes.getShort());
        }
        return new RankingModel(hashes, weights);
    }
}
