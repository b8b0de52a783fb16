package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import java.util.function.ToDoubleFunction;

/**
 * How much better one is than another on the same texts, by paired bootstrap.
 *
 * @param difference in quality, with its 95 % interval; above 0 where the first is better
 * @param p share of the draws in which the first is not better
 */
public record Comparison(String first, String second, Metric difference, double p) {
    /**
     * @param n number of texts
     * @param quality of the first for a draw of texts, given as their indices
     * @param otherQuality of the second for the same draw
     */
    public static Comparison of(
            String first, String second, int n, ToDoubleFunction<int[]> quality, ToDoubleFunction<int[]> otherQuality) {
        int[] notBetter = new int[1];
        int[] draws = new int[1];
        Metric difference = Bootstrap.measure("difference", n, draw -> {
            double value = quality.applyAsDouble(draw) - otherQuality.applyAsDouble(draw);
            notBetter[0] += value <= 0 ? 1 : 0;
            draws[0]++;
            return value;
        });
        return new Comparison(first, second, difference, (double) notBetter[0] / draws[0]);
    }
}
