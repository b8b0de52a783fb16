package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.learning.SpanScores;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts: intents by accuracy, slots by start, end and type all right. */
final class SlotScores {
    private final List<Prediction> intents = new ArrayList<>();
    private final SpanScores spans = new SpanScores();
    private final List<Double> confidences = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    /** A slot as somebody gave it, and how sure he was. */
    record Said(LabelledSpan span, double confidence) {}

    static Map<String, Metric> of(RequestReader reader, List<LabelledRequest> requests) {
        SlotScores scores = new SlotScores();
        for (LabelledRequest request : requests) {
            RequestReader.Reading reading = reader.read(request.text());
            Candidate best = reading.intents().getFirst();
            scores.add(
                    request,
                    best.label(),
                    best.confidence(),
                    reading.slots().stream()
                            .map(slot -> new Said(span(request.text(), slot), slot.confidence()))
                            .toList());
        }
        return scores.metrics();
    }

    static LabelledSpan span(String text, RequestReader.Slot slot) {
        return new LabelledSpan(text.codePointCount(0, slot.start()), text.codePointCount(0, slot.end()), slot.type());
    }

    void add(LabelledRequest gold, String intent, double confidence, List<Said> said) {
        intents.add(new Prediction(gold.intent(), intent, confidence));
        Set<LabelledSpan> found = new HashSet<>();
        for (Said one : said) {
            found.add(one.span());
            confidences.add(one.confidence());
            right.add(gold.slots().contains(one.span()));
        }
        spans.add(gold.slots(), found);
    }

    /** Accuracy and calibration of intents; precision, recall, F1 and calibration of slots. */
    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>(new Predictions(intents).metrics());
        spans.metrics().forEach((name, metric) -> metrics.put("slot_" + name, metric.named("slot_" + name)));
        if (!right.isEmpty()) {
            boolean[] happened = new boolean[right.size()];
            for (int i = 0; i < happened.length; i++) {
                happened[i] = right.get(i);
            }
            double[] probabilities =
                    confidences.stream().mapToDouble(Double::doubleValue).toArray();
            metrics.put(
                    "slot_ece",
                    new ScoreMetrics(probabilities, happened)
                            .expectedCalibrationError()
                            .named("slot_ece"));
        }
        return metrics;
    }
}
