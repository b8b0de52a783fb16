package dev.pinfactory.specialists.learning;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by drawing the cases anew, with repetition, as often as there are rounds (Efron's percentile bootstrap). Draws of a perfect score are all perfect, which
 * says nothing of the cases that were not seen: a figure that is 1 in every draw gets the exact interval of a proportion (Clopper and Pearson 1934) for
 * n of n cases, from 0.025^(1/n) to 1, about 3.7 / n below 1. For a figure that counts few of its cases, such as the F1 of a rare label, that is still narrow.
 */
public final class Bootstrap {
    private static final int ROUNDS = 1_000;
    private static final long SEED = 20_261_121;
    private static final double PERFECT = 1;
    private static final double TAIL = 0.025;

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
        double value = statistic.applyAsDouble(all);
        if (value == PERFECT && draws[0] == PERFECT && draws[ROUNDS - 1] == PERFECT) {
            return new Metric(name, value, Math.pow(TAIL, 1.0 / n), PERFECT, n);
        }
        return new Metric(
                name, value, draws[(int) (ROUNDS * TAIL)], draws[(int) Math.ceil(ROUNDS * (1 - TAIL)) - 1], n);
    }
}
