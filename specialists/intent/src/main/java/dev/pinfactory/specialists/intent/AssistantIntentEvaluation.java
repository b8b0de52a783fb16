package dev.pinfactory.specialists.intent;

import dev.pinfactory.specialists.intent.ScopedAnswers.Answer;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures on clinc150: {@code {"text", "label"}}, one a line, the label of what is out of scope being {@code oos}. */
public final class AssistantIntentEvaluation implements SpecialistEvaluation<String> {
    @Override
    public String specialist() {
        return "intent";
    }

    @Override
    public String model() {
        return "clinc150";
    }

    @Override
    public Optional<Class<?>> served() {
        return Optional.of(AssistantIntentSpecialist.class);
    }

    @Override
    public String example() {
        return "{\"text\": \"what is my balance\", \"label\": \"balance\"}";
    }

    @Override
    public List<EvaluationItem<String>> read(EvaluationData data) {
        return JsonLines.read(
                data.file(),
                line -> EvaluationItem.ofText(
                        "text", JsonLines.text(line, "text"), JsonLines.textIfPresent(line, "label")));
    }

    /** An abstention says that the question is out of scope. */
    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<String>> items) {
        return new ScopedAnswers(
                        items.stream().map(AssistantIntentEvaluation::answer).toList())
                .metrics();
    }

    private static Answer answer(EvaluatedItem<String> item) {
        double confidence = item.answer()
                .output("intent")
                .map(intent -> intent.getConfidence())
                .orElse(0.0);
        boolean answered =
                !item.answer().abstained() && item.answer().output("intent").isPresent();
        return new Answer(item.gold(), item.answer().label("intent"), confidence, answered);
    }
}
