package dev.pinfactory.specialists.learning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How far confidence and truth lie apart. */
final class CalibrationError {
    private static final int BINS = 15;

    private CalibrationError() {}

    /** In {@value #BINS} bins with equally many of the drawn cases. */
    static double of(int[] draw, IntToDoubleFunction confidence, IntToDoubleFunction right) {
        int[] byConfidence = IntStream.of(draw)
                .boxed()
                .sorted(Comparator.comparingDouble(confidence::applyAsDouble))
                .mapToInt(Integer::intValue)
                .toArray();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            int from = (int) ((long) byConfidence.length * bin / BINS);
            int to = (int) ((long) byConfidence.length * (bin + 1) / BINS);
            double gap = 0;
            for (int i : Arrays.copyOfRange(byConfidence, from, to)) {
                gap += right.applyAsDouble(i) - confidence.applyAsDouble(i);
            }
            error += Math.abs(gap);
        }
        return error / draw.length;
    }
}
