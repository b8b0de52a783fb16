package dev.pinfactory.router.models.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Figures over scored requests, of both kinds that are in use: a mean of each request's score (GNN4TaskPlan), and one score over all pairs of a request
 * and what it holds (TaskBench).
 */
final class Figures {
    private static final int BINS = 15;
    private static final double PRECISE = 0.95;

    private Figures() {}

    static Mean mean(List<Scored> scored, ToDoubleFunction<Scored> of, long seed) {
        return Mean.of(scored.stream().mapToDouble(of).toArray(), seed);
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
