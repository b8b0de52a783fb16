package dev.pinfactory.specialists.learning;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Intervals by drawing the cases anew, with repetition, as often as there are rounds (Efron's percentile bootstrap). */
public final class Bootstrap {
    private static final int ROUNDS = 1_000;
    private static final long SEED = 20_261_121;

    private Bootstrap() {}

    /** The mean of a value of each case, and its 95 % interval. */
    public static Metric mean(String name, double[] values) {
        return measure(name, values.length, draw -> {
            double sum = 0;
            for (int i : draw) {
                sum += values[i];
            }
            return sum / draw.length;
        });
    }

    /**
     * Measures a figure and its 95 % interval.
     *
     * @param n number of cases
     * @param statistic the figure for a draw of cases, given as their indices
     */
    public static Metric measure(String name, int n, ToDoubleFunction<int[]> statistic) {
        if (n < 1) {
            throw new IllegalArgumentException("no cases to measure '" + name + "' on");
        }
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        Random random = new Random(SEED);
        double[] draws = new double[ROUNDS];
        int[] draw = new int[n];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < n; i++) {
                draw[i] = random.nextInt(n);
            }
            draws[round] = statistic.applyAsDouble(draw);
        }
        Arrays.sort(draws);
        return new Metric(
                name,
                statistic.applyAsDouble(all),
                draws[(int) (ROUNDS * 0.025)],
                draws[(int) Math.ceil(ROUNDS * 0.975) - 1],
                n);
    }
}
