package dev.pinfactory.specialists.workshop;

import java.util.Arrays;

/** How long single answers take in this process, in milliseconds. */
record Latencies(double p50, double p99) {
    static Latencies of(double[] milliseconds) {
        double[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        return new Latencies(
                sorted[sorted.length / 2], sorted[(int) Math.min(sorted.length - 1L, sorted.length * 99L / 100)]);
    }
}
