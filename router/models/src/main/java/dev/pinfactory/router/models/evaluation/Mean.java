package dev.pinfactory.router.models.evaluation;

import java.util.Arrays;
import java.util.Random;

/**
 * A mean with its 95 % interval by bootstrap.
 *
 * @param n how many values it is the mean of; with none all figures are NaN
 */
public record Mean(double value, double low, double high, int n) {
    private static final int RESAMPLES = 1_000;

    /** The mean of values; the same seed gives the same interval. */
    public static Mean of(double[] values, long seed) {
        if (values.length == 0) {
            return new Mean(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        Random random = new Random(seed);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < values.length; j++) {
                sum += values[random.nextInt(values.length)];
            }
            means[i] = sum / values.length;
        }
        Arrays.sort(means);
        return new Mean(
                Arrays.stream(values).average().orElseThrow(),
                means[(int) (0.025 * RESAMPLES)],
                means[(int) (0.975 * RESAMPLES)],
                values.length);
    }
}
