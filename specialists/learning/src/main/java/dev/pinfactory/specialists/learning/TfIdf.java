package dev.pinfactory.specialists.learning;

import java.io.IOException;
import java.util.Collection;

/**
 * Weighs a feature by how few texts have it. The weights are kept in 8 bits, as they are stored: training sees what service will see.
 */
public final class TfIdf {
    /** Sixteenths: 1 + ln of at most three million texts fits in a byte. */
    private static final float STEP = 1 / 16f;

    private final byte[] inverseFrequencies;

    private TfIdf(byte[] inverseFrequencies) {
        this.inverseFrequencies = inverseFrequencies;
    }

    /** Learns from the counted features of all training texts. */
    public static TfIdf fit(Collection<SparseVector> texts, int size) {
        int[] frequencies = new int[size];
        for (SparseVector text : texts) {
            for (int index : text.indices()) {
                frequencies[index]++;
            }
        }
        byte[] inverse = new byte[size];
        for (int i = 0; i < size; i++) {
            double weight = 1 + StrictMath.log((texts.size() + 1.0) / (frequencies[i] + 1.0));
            inverse[i] = (byte) Math.min(255, Math.round(weight / STEP));
        }
        return new TfIdf(inverse);
    }

    /** The weighed features, scaled to length 1. */
    public SparseVector apply(SparseVector counts) {
        float[] weighed = new float[counts.size()];
        for (int i = 0; i < weighed.length; i++) {
            weighed[i] = counts.values()[i] * (inverseFrequencies[counts.indices()[i]] & 0xff) * STEP;
        }
        return new SparseVector(counts.indices(), weighed).normalised();
    }

    public int size() {
        return inverseFrequencies.length;
    }

    public void write(ModelOutput out) throws IOException {
        out.bytes(inverseFrequencies);
    }

    public static TfIdf read(ModelInput in, int size) throws IOException {
        return new TfIdf(in.bytes(size));
    }
}
