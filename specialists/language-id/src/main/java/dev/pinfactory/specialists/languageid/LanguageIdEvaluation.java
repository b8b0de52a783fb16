package dev.pinfactory.specialists.languageid;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures on langid_lingua: {@code {"text", "label", "kind"}}, one a line, kind being word, word_pair or sentence. */
public final class LanguageIdEvaluation implements SpecialistEvaluation<LanguageText> {
    @Override
    public String specialist() {
        return "language-id";
    }

    @Override
    public String example() {
        return "{\"text\": \"Guten Tag\", \"label\": \"de\", \"kind\": \"word_pair\"}";
    }

    @Override
    public List<EvaluationItem<LanguageText>> read(EvaluationData data) {
        return JsonLines.read(data.file(), line -> {
            String text = JsonLines.text(line, "text");
            String kind = JsonLines.textIfPresent(line, "kind").orElse("");
            return EvaluationItem.ofText(
                    "text",
                    text,
                    JsonLines.textIfPresent(line, "label")
                            .filter(label -> !label.isBlank())
                            .map(language -> new LanguageText(text, language, kind)));
        });
    }

    /** Accuracy of each kind of text, averaged over the languages; and how well confidence fits over all. */
    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<LanguageText>> items) {
        Map<String, List<Prediction>> byKind = new TreeMap<>();
        List<Prediction> all = new ArrayList<>();
        for (EvaluatedItem<LanguageText> item : items) {
            Prediction prediction = prediction(item);
            all.add(prediction);
            byKind.computeIfAbsent(name(item.gold().kind()), name -> new ArrayList<>())
                    .add(prediction);
        }
        Map<String, Metric> metrics = new TreeMap<>();
        byKind.forEach((name, predictions) -> metrics.put(
                name, Bootstrap.measure(name, predictions.size(), draw -> averageOverLanguages(predictions, draw))));
        Predictions predictions = new Predictions(all);
        metrics.put("ece", predictions.expectedCalibrationError());
        metrics.put("brier", predictions.brier());
        return metrics;
    }

    private static String name(String kind) {
        return switch (kind) {
            case "" -> "accuracy";
            case "word_pair" -> "pair_accuracy";
            default -> kind + "_accuracy";
        };
    }

    private static Prediction prediction(EvaluatedItem<LanguageText> item) {
        double confidence = item.answer()
                .output("language")
                .map(language -> language.getConfidence())
                .orElse(0.0);
        return new Prediction(item.gold().language(), item.answer().label("language"), confidence);
    }

    private static double averageOverLanguages(List<Prediction> predictions, int[] draw) {
        Map<String, int[]> counts = new HashMap<>(); // language → right, there
        for (int i : draw) {
            Prediction one = predictions.get(i);
            int[] count = counts.computeIfAbsent(one.truth(), language -> new int[2]);
            count[0] += one.truth().equals(one.predicted()) ? 1 : 0;
            count[1]++;
        }
        return counts.values().stream()
                .mapToDouble(count -> (double) count[0] / count[1])
                .average()
                .orElse(0);
    }
}
