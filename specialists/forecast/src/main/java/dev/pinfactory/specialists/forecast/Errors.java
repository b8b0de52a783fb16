package dev.pinfactory.specialists.forecast;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors of forecasts in scaled values, window by window. Windows that begin an hour apart are nearly the same, so the bootstrap draws blocks of neighbours.
 */
final class Errors {
    /** A week of hours: longer than a horizon of 96, so that blocks are hardly of one another. */
    static final int BLOCK = 168;

    private final List<double[]> windows = new ArrayList<>();

    /** A window: means over its channels and steps. */
    void add(double square, double absolute, double covered) {
        windows.add(new double[] {square, absolute, covered});
    }

    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        String[] names = {"mse", "mae", "coverage"};
        for (int i = 0; i < names.length; i++) {
            metrics.put(names[i], metric(names[i], i));
        }
        return metrics;
    }

    private Metric metric(String name, int figure) {
        int blocks = (windows.size() + BLOCK - 1) / BLOCK;
        Metric metric = Bootstrap.measure(name, blocks, draw -> {
            double sum = 0;
            int count = 0;
            for (int block : draw) {
                int end = Math.min((block + 1) * BLOCK, windows.size());
                for (int i = block * BLOCK; i < end; i++) {
                    sum += windows.get(i)[figure];
                    count++;
                }
            }
            return sum / count;
        });
        return new Metric(name, metric.value(), metric.low(), metric.high(), windows.size());
    }
}
