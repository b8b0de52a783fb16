package dev.pinfactory.specialists.evaluation;

import java.util.Arrays;

/**
 * How long calls took, by the clock, with as many at a time as there are processors; the first quarter, in which code is still compiled, does not count; to a hundredth of a
 * millisecond.
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
        return new Latency(rounded(warm, 0.5), rounded(warm, 0.99));
    }

    private static double rounded(long[] sorted, double share) {
        return Math.round(millis(sorted, share) * 100) / 100.0;
    }

    /** The nearest rank, in milliseconds. */
    static double millis(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, rank)] / NANOS;
    }
}
