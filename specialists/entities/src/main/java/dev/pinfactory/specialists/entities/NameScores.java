package dev.pinfactory.specialists.entities;

import dev.pinfactory.specialists.learning.EntitiesArtifact.Found;
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

/** Counts names: start, end and type all right. */
final class NameScores {
    private final SpanScores spans = new SpanScores();
    private final List<Double> confidences = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    /** A name as somebody gave it, and how sure he was. */
    record Said(LabelledSpan span, double confidence) {}

    static Map<String, Metric> of(NameReader reader, List<LabelledSentence> sentences) {
        NameScores scores = new NameScores();
        for (LabelledSentence sentence : sentences) {
            scores.add(
                    sentence,
                    reader.read(sentence.text()).stream()
                            .map(name -> new Said(span(sentence.text(), name), name.confidence()))
                            .toList());
        }
        return scores.metrics();
    }

    static LabelledSpan span(String text, Found name) {
        return new LabelledSpan(text.codePointCount(0, name.start()), text.codePointCount(0, name.end()), name.type());
    }

    void add(LabelledSentence gold, List<Said> said) {
        Set<LabelledSpan> found = new HashSet<>();
        for (Said one : said) {
            found.add(one.span());
            confidences.add(one.confidence());
            right.add(gold.names().contains(one.span()));
        }
        spans.add(gold.names(), found);
    }

    /** Precision, recall, F1 and calibration. */
    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>(spans.metrics());
        if (!right.isEmpty()) {
            boolean[] happened = new boolean[right.size()];
            for (int i = 0; i < happened.length; i++) {
                happened[i] = right.get(i);
            }
            double[] probabilities =
                    confidences.stream().mapToDouble(Double::doubleValue).toArray();
            metrics.put(
                    "ece",
                    new ScoreMetrics(probabilities, happened)
                            .expectedCalibrationError()
                            .named("ece"));
        }
        return metrics;
    }
}
