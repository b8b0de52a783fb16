package dev.pinfactory.specialists.learning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How well a tagger finds spans: one counts as found only if start, end and label are right. */
public final class SpanScores {
    /** A marked place in a text. */
    public record LabelledSpan(int start, int end, String label) {}

    private record Counts(int found, int predicted, int there) {}

    private final List<Counts> texts = new ArrayList<>();

    /** Counts one text. */
    public void add(Set<LabelledSpan> truth, Set<LabelledSpan> predicted) {
        Set<LabelledSpan> found = new HashSet<>(truth);
        found.retainAll(predicted);
        texts.add(new Counts(found.size(), predicted.size(), truth.size()));
    }

    /** Strict precision, recall and F1 over all spans; intervals by drawing texts. */
    public Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put(
                "precision",
                Bootstrap.measure("precision", texts.size(), draw -> total(draw).precision()));
        metrics.put(
                "recall",
                Bootstrap.measure("recall", texts.size(), draw -> total(draw).recall()));
        metrics.put(
                "f1", Bootstrap.measure("f1", texts.size(), draw -> total(draw).f1()));
        return metrics;
    }

    private Total total(int[] draw) {
        int found = 0;
        int predicted = 0;
        int there = 0;
        for (int i : draw) {
            found += texts.get(i).found();
            predicted += texts.get(i).predicted();
            there += texts.get(i).there();
        }
        return new Total(found, predicted, there);
    }

    private record Total(int found, int predicted, int there) {
        double precision() {
            return predicted == 0 ? 0 : (double) found / predicted;
        }

        double recall() {
            return there == 0 ? 0 : (double) found / there;
        }

        double f1() {
            return predicted + there == 0 ? 0 : 2.0 * found / (predicted + there);
        }
    }
}
