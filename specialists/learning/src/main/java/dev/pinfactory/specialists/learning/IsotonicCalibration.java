package dev.pinfactory.specialists.learning;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Turns a raw confidence into how often it is right: the non-decreasing steps that fit held-back outcomes best (pool adjacent violators; Zadrozny and
 * Elkan 2002), joined by straight lines. It corrects any shape, and wants some hundred outcomes.
 *
 * @param raw ascending
 * @param calibrated one for each raw value, not decreasing, within 0 and 1
 */
public record IsotonicCalibration(double[] raw, double[] calibrated) {
    private static final int MAX_STEPS = 100_000;

    public IsotonicCalibration {
        if (raw.length == 0 || raw.length != calibrated.length) {
            throw new IllegalArgumentException(raw.length + " raw and " + calibrated.length + " calibrated values");
        }
        for (int i = 0; i < raw.length; i++) {
            boolean falls = i > 0 && (raw[i] <= raw[i - 1] || calibrated[i] < calibrated[i - 1]);
            if (falls || !(calibrated[i] >= 0 && calibrated[i] <= 1)) {
                throw new IllegalArgumentException("step " + i + " of the calibration falls or is no probability");
            }
        }
    }

    /**
     * @param confidences raw
     * @param right whether each was right
     */
    public static IsotonicCalibration fit(double[] confidences, boolean[] right) {
        if (confidences.length != right.length || confidences.length == 0) {
            throw new IllegalArgumentException(confidences.length + " confidences and " + right.length + " outcomes");
        }
        int[] order = IntStream.range(0, confidences.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> confidences[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sumRaw = new double[order.length];
        double[] sumRight = new double[order.length];
        double[] counts = new double[order.length];
        int blocks = 0;
        for (int i : order) {
            sumRaw[blocks] = confidences[i];
            sumRight[blocks] = right[i] ? 1 : 0;
            counts[blocks++] = 1;
            while (blocks > 1 && mustJoin(sumRaw, sumRight, counts, blocks)) {
                blocks--;
                sumRaw[blocks - 1] += sumRaw[blocks];
                sumRight[blocks - 1] += sumRight[blocks];
                counts[blocks - 1] += counts[blocks];
            }
        }
        double[] raw = new double[blocks];
        double[] calibrated = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            raw[i] = sumRaw[i] / counts[i];
            calibrated[i] = sumRight[i] / counts[i];
        }
        return new IsotonicCalibration(raw, calibrated);
    }

    public double probability(double confidence) {
        int at = Arrays.binarySearch(raw, confidence);
        if (at >= 0) {
            return calibrated[at];
        }
        int above = -at - 1;
        if (above == 0) {
            return calibrated[0];
        }
        if (above == raw.length) {
            return calibrated[raw.length - 1];
        }
        double part = (confidence - raw[above - 1]) / (raw[above] - raw[above - 1]);
        return calibrated[above - 1] + part * (calibrated[above] - calibrated[above - 1]);
    }

    public void write(ModelOutput out) throws IOException {
        out.count(raw.length);
        for (int i = 0; i < raw.length; i++) {
            out.number(raw[i]);
            out.number(calibrated[i]);
        }
    }

    public static IsotonicCalibration read(ModelInput in) throws IOException {
        int steps = in.count(MAX_STEPS);
        double[] raw = new double[steps];
        double[] calibrated = new double[steps];
        for (int i = 0; i < steps; i++) {
            raw[i] = in.number();
            calibrated[i] = in.number();
        }
        return new IsotonicCalibration(raw, calibrated);
    }

    /** Equal means join too: fewer steps, the same function. Equal raw values must, or the order of the data would matter. */
    private static boolean mustJoin(double[] sumRaw, double[] sumRight, double[] counts, int blocks) {
        int last = blocks - 1;
        boolean falls = sumRight[last - 1] / counts[last - 1] >= sumRight[last] / counts[last];
        boolean same = sumRaw[last - 1] / counts[last - 1] >= sumRaw[last] / counts[last];
        return falls || same;
    }
}
