package dev.pinfactory.router.models.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Figures over scored requests, of both kinds that are in use: a mean of each request's score (GNN4TaskPlan), and one score over all pairs of a request
 * and what it holds (TaskBench).
 */
final class Figures {
    private static final int RESAMPLES = 1_000;
    private static final int BINS = 15;
    private static final double PRECISE = 0.95;

    private Figures() {}

    /**
     * A mean with its 95 % interval by bootstrap over requests.
     *
     * @param n how many requests it is the mean of
     */
    record Mean(double value, double low, double high, int n) {}

    static Mean mean(List<Scored> scored, ToDoubleFunction<Scored> of, long seed) {
        double[] values = scored.stream().mapToDouble(of).toArray();
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

    /** F1 over all pairs of a request and one element of its set. */
    static <T> double micro(List<Scored> scored, Function<Scored, Set<T>> predicted, Function<Scored, Set<T>> gold) {
        long right = 0;
        long all = 0;
        for (Scored one : scored) {
            Set<T> expected = gold.apply(one);
            Set<T> found = predicted.apply(one);
            right += found.stream().filter(expected::contains).count();
            all += found.size() + expected.size();
        }
        return 2.0 * right / Math.max(1, all);
    }

    /** Expected calibration error of the confidence that the set of tools is right, over bins of equal mass (Nixon et al. 2019). */
    static double calibrationError(List<Scored> scored) {
        List<Scored> sorted = scored.stream()
                .sorted(Comparator.comparingDouble((Scored one) -> one.sketch().confidence()))
                .toList();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            List<Scored> part = sorted.subList(bin * sorted.size() / BINS, (bin + 1) * sorted.size() / BINS);
            double confidence =
                    part.stream().mapToDouble(one -> one.sketch().confidence()).sum();
            error += Math.abs(confidence - part.stream().filter(Scored::exact).count());
        }
        return error / Math.max(1, sorted.size());
    }

    /** The largest share of requests, surest first, of which 95 % have exactly the right tools. */
    static double coverageAtPrecision(List<Scored> scored) {
        List<Scored> sorted = scored.stream()
                .sorted(Comparator.comparingDouble((Scored one) -> -one.sketch().confidence()))
                .toList();
        int right = 0;
        double coverage = 0;
        for (int i = 0; i < sorted.size(); i++) {
            right += sorted.get(i).exact() ? 1 : 0;
            coverage = right >= PRECISE * (i + 1) ? (i + 1.0) / sorted.size() : coverage;
        }
        return coverage;
    }

    /** The value below which a share of the sorted values lies. */
    static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
