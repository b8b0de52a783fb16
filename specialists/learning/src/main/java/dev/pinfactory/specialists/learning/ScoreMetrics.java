package dev.pinfactory.specialists.learning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How well a score tells the cases where something happened from the others.
 *
 * @param scores one for each case, higher where it is likelier
 * @param happened what came true
 */
public record ScoreMetrics(double[] scores, boolean[] happened) {
    public ScoreMetrics {
        if (scores.length == 0 || scores.length != happened.length) {
            throw new IllegalArgumentException(scores.length + " scores and " + happened.length + " outcomes");
        }
        scores = scores.clone();
        happened = happened.clone();
    }

    /** Area under the ROC curve, average precision, and for scores that are probabilities calibration error and Brier score, by name. */
    public Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (Metric metric : List.of(auc(), averagePrecision(), expectedCalibrationError(), brier())) {
            metrics.put(metric.name(), metric);
        }
        return metrics;
    }

    /** How often a case where it happened has the higher score of a pair; equal scores count half. */
    public Metric auc() {
        int[] order = descending();
        return Bootstrap.measure("auc", scores.length, draw -> {
            double[] counts = counts(draw);
            double above = 0;
            double pairs = 0;
            double positives = 0;
            for (int from = 0; from < order.length; ) {
                int to = sameScore(order, from);
                double here = 0;
                double others = 0;
                for (int i = from; i < to; i++) {
                    here += happened[order[i]] ? counts[order[i]] : 0;
                    others += happened[order[i]] ? 0 : counts[order[i]];
                }
                above += others * (positives + here / 2);
                positives += here;
                pairs += others;
                from = to;
            }
            return positives * pairs == 0 ? 0.5 : above / (positives * pairs);
        });
    }

    /** Precision at each step of recall, weighed by the step; equal scores are one step. */
    public Metric averagePrecision() {
        int[] order = descending();
        return Bootstrap.measure("ap", scores.length, draw -> {
            double[] counts = counts(draw);
            double found = 0;
            double seen = 0;
            double sum = 0;
            for (int from = 0; from < order.length; ) {
                int to = sameScore(order, from);
                double here = 0;
                for (int i = from; i < to; i++) {
                    here += happened[order[i]] ? counts[order[i]] : 0;
                    seen += counts[order[i]];
                }
                found += here;
                sum += here == 0 ? 0 : here * found / seen;
                from = to;
            }
            return found == 0 ? 0 : sum / found;
        });
    }

    /** How far probability and share lie apart, in 15 bins with equally many cases. */
    public Metric expectedCalibrationError() {
        return Bootstrap.measure(
                "ece", scores.length, draw -> CalibrationError.of(draw, i -> scores[i], i -> happened[i] ? 1 : 0));
    }

    /** Mean square distance of the probability from what came true. */
    public Metric brier() {
        double[] squares = IntStream.range(0, scores.length)
                .mapToDouble(i -> Math.pow(scores[i] - (happened[i] ? 1 : 0), 2))
                .toArray();
        return Bootstrap.mean("brier", squares);
    }

    private int[] descending() {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double[] counts(int[] draw) {
        double[] counts = new double[scores.length];
        Arrays.stream(draw).forEach(i -> counts[i]++);
        return counts;
    }

    private int sameScore(int[] order, int from) {
        int to = from + 1;
        while (to < order.length && scores[order[to]] == scores[order[from]]) {
            to++;
        }
        return to;
    }
}
