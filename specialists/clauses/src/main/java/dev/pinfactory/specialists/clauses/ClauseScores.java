package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelSetScores;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts answers: macro and micro F1 with the class none, and whether each label that was said is right as often as it was said to be. */
final class ClauseScores {
    private final List<LabelSetScores.Case> cases = new ArrayList<>();
    private final List<Double> confidences = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    void add(Set<String> truth, List<Candidate> said) {
        Set<String> labels = said.stream()
                .map(Candidate::label)
                .filter(label -> !label.equals(LabelSetScores.NONE))
                .collect(Collectors.toSet());
        cases.add(new LabelSetScores.Case(truth, labels));
        for (Candidate candidate : said) {
            confidences.add(candidate.confidence());
            right.add(
                    candidate.label().equals(LabelSetScores.NONE)
                            ? truth.isEmpty()
                            : truth.contains(candidate.label()));
        }
    }

    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>(new LabelSetScores(cases).metrics());
        boolean[] happened = new boolean[right.size()];
        for (int i = 0; i < happened.length; i++) {
            happened[i] = right.get(i);
        }
        if (happened.length > 0) {
            double[] said =
                    confidences.stream().mapToDouble(Double::doubleValue).toArray();
            metrics.put("ece", new ScoreMetrics(said, happened).expectedCalibrationError());
        }
        return metrics;
    }
}
