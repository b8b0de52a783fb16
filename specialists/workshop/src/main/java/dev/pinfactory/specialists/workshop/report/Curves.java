package dev.pinfactory.specialists.workshop.report;

import dev.pinfactory.specialists.learning.plot.Plot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The curves that tell how well scores and confidences do. */
public final class Curves {
    private static final int BINS = 15;
    private static final int MOST_POINTS = 300;

    private Curves() {}

    /** Precision at each recall, as the threshold falls, where all that is there has a score: x and y. */
    public static double[][] precisionRecall(double[] scores, boolean[] right) {
        int positives = 0;
        for (boolean one : right) {
            positives += one ? 1 : 0;
        }
        return precisionRecall(scores, right, positives);
    }

    /**
     * Precision at each recall, as the threshold falls: x and y.
     *
     * @param positives what is there, found or not
     */
    public static double[][] precisionRecall(double[] scores, boolean[] right, int positives) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<double[]> points = new ArrayList<>();
        int found = 0;
        for (int k = 0; k < order.length; k++) {
            found += right[order[k]] ? 1 : 0;
            boolean last = k + 1 == order.length || scores[order[k + 1]] != scores[order[k]];
            if (last) {
                points.add(new double[] {(double) found / Math.max(1, positives), (double) found / (k + 1)});
            }
        }
        int step = Math.max(1, points.size() / MOST_POINTS);
        int last = points.size() - 1;
        int[] kept = IntStream.range(0, points.size())
                .filter(i -> i % step == 0 || i == last)
                .toArray();
        double[][] curve = new double[2][kept.length];
        for (int i = 0; i < kept.length; i++) {
            curve[0][i] = points.get(kept[i])[0];
            curve[1][i] = points.get(kept[i])[1];
        }
        return curve;
    }

    /** Mean confidence and share of right answers in 15 bins with equally many: x and y. */
    public static double[][] reliability(double[] confidences, boolean[] right) {
        int[] order = IntStream.range(0, confidences.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> confidences[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int bins = Math.min(BINS, order.length);
        double[][] curve = new double[2][bins];
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) order.length * bin / bins);
            int to = (int) ((long) order.length * (bin + 1) / bins);
            for (int k = from; k < to; k++) {
                curve[0][bin] += confidences[order[k]] / (to - from);
                curve[1][bin] += (right[order[k]] ? 1.0 : 0) / (to - from);
            }
        }
        return curve;
    }

    /** The reliability diagram of these answers. */
    public static Figure calibration(double[] confidences, boolean[] right, double error) {
        double[][] bins = reliability(confidences, right);
        String svg = Plot.ofShares("mean confidence", "share that is right")
                .diagonal()
                .points("15 equal bins", bins[0], bins[1], 4)
                .line("", bins[0], bins[1])
                .svg();
        return new Figure(
                "Calibration",
                svg,
                "Each point is a fifteenth of the answers, by confidence. On the dashed line a confidence means what it says; expected calibration error %.3f."
                        .formatted(error));
    }
}
