package dev.pinfactory.specialists.evaluation;

import java.util.Arrays;

/**
 * How long calls took, by the clock, with as many at a time as there are processors; the first quarter, in which code is still compiled, does not count.
 *
 * @param p50 median, in milliseconds
 * @param p99 99th percentile, in milliseconds
 */
public record Latency(double p50, double p99) {
    private static final double NANOS = 1e6;

    /** @param nanos of each call, in the order in which they were made; at least one */
    static Latency of(long[] nanos) {
        long[] warm = Arrays.copyOfRange(nanos, nanos.length / 4, nanos.length);
        Arrays.sort(warm);
        return new Latency(percentile(warm, 0.5), percentile(warm, 0.99));
    }

    /** The nearest rank, rounded to a hundredth of a millisecond. */
    private static double percentile(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, rank)] / NANOS * 100) / 100.0;
    }
}
