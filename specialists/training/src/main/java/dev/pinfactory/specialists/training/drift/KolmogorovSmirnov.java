package dev.pinfactory.specialists.training.drift;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * The largest two-sample Kolmogorov-Smirnov distance of any feature: between the shares of values up to a bound, over all bounds (Smirnov, "Table for Estimating the
 * Goodness of Fit of Empirical Distributions", 1948). A feature that an observation does not have counts as 0.
 */
final class KolmogorovSmirnov implements Distance {
    private final List<String> features;
    private final double[][] usual;
    private final Deque<double[]> window = new ArrayDeque<>();

    KolmogorovSmirnov(List<Observation> reference) {
        TreeSet<String> names = new TreeSet<>();
        reference.forEach(observation -> names.addAll(observation.features().keySet()));
        features = List.copyOf(names);
        usual = features.stream()
                .map(name -> reference.stream()
                        .mapToDouble(observation -> observation.features().getOrDefault(name, 0.0))
                        .sorted()
                        .toArray())
                .toArray(double[][]::new);
    }

    @Override
    public Alarm.Monitor monitor() {
        return Alarm.Monitor.FEATURES;
    }

    @Override
    public void enter(Observation observation) {
        window.addLast(features.stream()
                .mapToDouble(name -> observation.features().getOrDefault(name, 0.0))
                .toArray());
    }

    @Override
    public void leave(Observation observation) {
        window.removeFirst();
    }

    @Override
    public Measured measure() {
        Measured farthest = new Measured("", 0);
        for (int i = 0; i < features.size(); i++) {
            int feature = i;
            double[] now = window.stream()
                    .mapToDouble(values -> values[feature])
                    .sorted()
                    .toArray();
            double distance = distance(usual[i], now);
            if (distance >= farthest.value()) {
                farthest = new Measured(features.get(i), distance);
            }
        }
        return farthest;
    }

    /** Of two sorted samples. */
    static double distance(double[] one, double[] other) {
        double farthest = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            double bound = Math.min(one[i], other[j]);
            while (i < one.length && one[i] <= bound) {
                i++;
            }
            while (j < other.length && other[j] <= bound) {
                j++;
            }
            farthest = Math.max(farthest, Math.abs((double) i / one.length - (double) j / other.length));
        }
        return farthest;
    }
}
