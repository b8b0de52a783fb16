package dev.pinfactory.specialists.faq;

import com.google.protobuf.Value;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.List;
import java.util.Map;

/**
 * Measures on banking77 as retrieval: {@code {"text", "label"}}, one a line. A question is answered rightly if the best match has its label as topic; the
 * best guess of an abstention counts.
 */
public final class FaqEvaluation implements SpecialistEvaluation<String> {
    @Override
    public String specialist() {
        return "faq";
    }

    @Override
    public String example() {
        return "{\"text\": \"where is my card\", \"label\": \"card_arrival\"}";
    }

    @Override
    public List<EvaluationItem<String>> read(EvaluationData data) {
        return JsonLines.read(
                data.file(),
                line -> EvaluationItem.ofText(
                        "question",
                        JsonLines.text(line, "text"),
                        JsonLines.textIfPresent(line, "label").filter(label -> !label.isBlank())));
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<String>> items) {
        return new Predictions(items.stream().map(FaqEvaluation::prediction).toList()).metrics();
    }

    private static Prediction prediction(EvaluatedItem<String> item) {
        String topic = item.answer()
                .object("answer")
                .getFieldsMap()
                .getOrDefault("topic", Value.getDefaultInstance())
                .getStringValue();
        double confidence = item.answer()
                .output("answer")
                .map(answer -> answer.getConfidence())
                .orElse(0.0);
        return new Prediction(item.gold(), topic, confidence);
    }
}
