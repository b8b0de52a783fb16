package dev.pinfactory.specialists.summary;

import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Measures on summ_scitldr: {@code {"sentences": […], "references": […]}}, one a line. The sentences are sent as one text, and one sentence is asked for.
 */
public final class SummaryEvaluation implements SpecialistEvaluation<LabelledAbstract> {
    @Override
    public String specialist() {
        return "summary";
    }

    @Override
    public String example() {
        return "{\"sentences\": [\"We measure pins.\", \"They are sharp.\"], \"references\": [\"Pins are sharp.\"]}";
    }

    @Override
    public List<EvaluationItem<LabelledAbstract>> read(EvaluationData data) {
        return JsonLines.read(data.file(), line -> {
            List<String> sentences = LabelledAbstract.texts(line.path("sentences"));
            if (sentences.isEmpty()) {
                throw new IllegalArgumentException(
                        "member 'sentences' is missing or empty, expected a list of strings");
            }
            return EvaluationItem.ofText("text", String.join(" ", sentences), gold(sentences, line.path("references")));
        });
    }

    private static Optional<LabelledAbstract> gold(List<String> sentences, JsonNode references) {
        return references.isEmpty()
                ? Optional.empty()
                : Optional.of(new LabelledAbstract(sentences, LabelledAbstract.texts(references)));
    }

    /** Of the pick, of the first sentence ({@code lead_…}), and of the difference between them, drawn in pairs ({@code gain_…}). */
    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<LabelledAbstract>> items) {
        List<String> picked = items.stream()
                .map(item -> item.answer()
                        .output("summary")
                        .map(summary -> summary.getText())
                        .orElse(""))
                .toList();
        Map<String, Metric> metrics = new LinkedHashMap<>();
        SummaryScores.of(picked, items.stream().map(EvaluatedItem::gold).toList())
                .forEach((name, metric) -> {
                    String shown = name.replace("rouge_", "rouge");
                    metrics.put(shown, metric.named(shown));
                });
        return metrics;
    }
}
