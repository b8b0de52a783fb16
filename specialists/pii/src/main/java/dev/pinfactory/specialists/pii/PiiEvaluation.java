package dev.pinfactory.specialists.pii;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import dev.pinfactory.specialists.pii.LabelledText.Gold;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Measures on pii_presidio: {@code {"text", "spans": [{"start", "end", "type"}], "template_id"}}, one a line, offsets in code points. */
public final class PiiEvaluation implements SpecialistEvaluation<LabelledText> {
    @Override
    public String specialist() {
        return "pii";
    }

    @Override
    public String example() {
        return "{\"text\": \"Ask Ann Lee.\", \"spans\": [{\"start\": 4, \"end\": 11, \"type\": \"PERSON\"}]}";
    }

    @Override
    public List<EvaluationItem<LabelledText>> read(EvaluationData data) {
        AtomicInteger number = new AtomicInteger();
        return JsonLines.read(data.file(), line -> item(line, number.getAndIncrement()));
    }

    /** A text without a template stands for itself alone. */
    private static EvaluationItem<LabelledText> item(JsonNode line, int number) {
        String text = JsonLines.text(line, "text");
        String group = line.path("template_id").asString("line " + number);
        JsonNode spans = line.path("spans");
        Optional<LabelledText> gold = spans.isMissingNode() || spans.isNull()
                ? Optional.empty()
                : Optional.of(new LabelledText(group, text, PiiData.spans(spans, text)));
        return EvaluationItem.ofText("text", text, gold);
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<LabelledText>> items) {
        Map<String, Metric> measured = PiiScores.of(items.stream()
                .map(item -> new PiiScores.Case(item.gold(), found(item)))
                .toList());
        Map<String, Metric> metrics = new LinkedHashMap<>();
        measured.forEach((name, metric) -> {
            String shown = name.equals("span_f1") ? "f1" : name.replaceFirst("^token_", "");
            metrics.put(shown, metric.named(shown));
        });
        return metrics;
    }

    private static Set<Gold> found(EvaluatedItem<LabelledText> item) {
        String text = item.gold().text();
        Set<Gold> found = new HashSet<>();
        item.answer().output("entities").ifPresent(entities -> {
            for (Value value : entities.getJson().getListValue().getValuesList()) {
                Struct entity = value.getStructValue();
                found.add(new Gold(
                        entity.getFieldsOrThrow("type").getStringValue(),
                        index(text, entity.getFieldsOrThrow("start")),
                        index(text, entity.getFieldsOrThrow("end"))));
            }
        });
        return found;
    }

    private static int index(String text, Value codePoints) {
        return text.offsetByCodePoints(0, (int) codePoints.getNumberValue());
    }
}
