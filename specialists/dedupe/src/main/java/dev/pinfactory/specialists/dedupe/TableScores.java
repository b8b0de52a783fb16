package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.learning.SpanScores;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts pairs of rows that are in one group: those found, of those that are there. Intervals by drawing rows; each pair counts from both its rows. */
final class TableScores {
    private final SpanScores pairs = new SpanScores();
    private final List<Double> said = new ArrayList<>();
    private final List<Boolean> same = new ArrayList<>();

    void add(LabelledTable table, List<List<Integer>> groups, List<Matcher.Match> matches) {
        List<Set<LabelledSpan>> found = new ArrayList<>();
        table.rows().forEach(row -> found.add(new HashSet<>()));
        for (List<Integer> group : groups) {
            for (int a : group) {
                group.stream().filter(b -> b != a).forEach(b -> found.get(a).add(new LabelledSpan(a, b, "")));
            }
        }
        for (int a = 0; a < table.rows().size(); a++) {
            Set<LabelledSpan> truth = new HashSet<>();
            for (int b = 0; b < table.rows().size(); b++) {
                if (b != a && table.same(a, b)) {
                    truth.add(new LabelledSpan(a, b, ""));
                }
            }
            pairs.add(truth, found.get(a));
        }
        for (Matcher.Match match : matches) {
            said.add(match.probability());
            same.add(table.same(match.first(), match.second()));
        }
    }

    /** Precision, recall and F1 of pairs; calibration error and Brier score of the pairs that are listed. */
    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>(pairs.metrics());
        if (said.isEmpty()) {
            return metrics;
        }
        boolean[] happened = new boolean[same.size()];
        for (int i = 0; i < happened.length; i++) {
            happened[i] = same.get(i);
        }
        ScoreMetrics scores =
                new ScoreMetrics(said.stream().mapToDouble(Double::doubleValue).toArray(), happened);
        metrics.put("ece", scores.expectedCalibrationError());
        metrics.put("brier", scores.brier());
        return metrics;
    }
}
