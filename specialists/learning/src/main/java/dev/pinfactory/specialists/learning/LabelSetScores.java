package dev.pinfactory.specialists.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How good the answers are where a text may have several labels or none; a text without a label has the label {@value #NONE}, as in LexGLUE. */
public record LabelSetScores(List<Case> cases) {
    public static final String NONE = "none";

    /** One answer. */
    public record Case(Set<String> truth, Set<String> predicted) {
        public Case {
            truth = truth.isEmpty() ? Set.of(NONE) : Set.copyOf(truth);
            predicted = predicted.isEmpty() ? Set.of(NONE) : Set.copyOf(predicted);
        }
    }

    private record Counts(int found, int predicted, int there) {
        Counts plus(Counts other) {
            return new Counts(found + other.found, predicted + other.predicted, there + other.there);
        }

        double f1() {
            return predicted + there == 0 ? 0 : 2.0 * found / (predicted + there);
        }
    }

    public LabelSetScores {
        cases = List.copyOf(cases);
    }

    /** Macro F1 over all labels that are there in the truth, and micro F1, by name. */
    public Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put(
                "macro_f1",
                Bootstrap.measure(
                        "macro_f1",
                        cases.size(),
                        draw -> byLabel(draw).values().stream()
                                .filter(counts -> counts.there() > 0)
                                .mapToDouble(Counts::f1)
                                .average()
                                .orElse(0)));
        metrics.put(
                "f1",
                Bootstrap.measure(
                        "f1",
                        cases.size(),
                        draw -> byLabel(draw).values().stream()
                                .reduce(new Counts(0, 0, 0), Counts::plus)
                                .f1()));
        return metrics;
    }

    private Map<String, Counts> byLabel(int[] draw) {
        Map<String, Counts> counts = new TreeMap<>();
        for (int i : draw) {
            Case one = cases.get(i);
            for (String label : one.truth()) {
                int found = one.predicted().contains(label) ? 1 : 0;
                counts.merge(label, new Counts(found, 0, 1), Counts::plus);
            }
            for (String label : one.predicted()) {
                counts.merge(label, new Counts(0, 1, 0), Counts::plus);
            }
        }
        return counts;
    }
}
