package dev.pinfactory.specialists.normaliser;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.learning.SpanScores;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Measures on {@code {"text", "language", "dateOrder", "values": [{"start", "end", "type", "value", "currency", "unit", "readings"}]}}, one a line. */
public final class NormaliserEvaluation implements SpecialistEvaluation<Set<LabelledSpan>> {
    private static final List<String> TYPES = List.of("date", "amount", "measure", "percentage");

    @Override
    public String specialist() {
        return "normaliser";
    }

    @Override
    public String example() {
        return "{\"text\": \"Due 3 May 2026\", \"values\": [{\"start\": 4, \"end\": 14, \"type\": \"date\", \"value\": \"2026-05-03\"}]}";
    }

    @Override
    public List<EvaluationItem<Set<LabelledSpan>>> read(EvaluationData data) {
        return JsonLines.read(data.file(), NormaliserEvaluation::item);
    }

    private static EvaluationItem<Set<LabelledSpan>> item(JsonNode line) {
        Artifact input = Artifact.newBuilder()
                .setName(NormaliserSpecialist.TEXT)
                .setType("text")
                .setText(JsonLines.text(line, "text"))
                .setLanguage(JsonLines.textIfPresent(line, "language").orElse(""))
                .build();
        Map<String, Value> parameters = JsonLines.textIfPresent(line, NormaliserSpecialist.DATE_ORDER)
                .map(order -> Map.of(
                        NormaliserSpecialist.DATE_ORDER,
                        Value.newBuilder().setStringValue(order).build()))
                .orElse(Map.of());
        JsonNode values = line.path("values");
        return new EvaluationItem<>(
                List.of(input), parameters, values.isArray() ? Optional.of(gold(values)) : Optional.empty());
    }

    private static Set<LabelledSpan> gold(JsonNode values) {
        Set<LabelledSpan> gold = new HashSet<>();
        for (JsonNode value : values) {
            Set<String> readings = new TreeSet<>();
            value.path("readings").forEach(reading -> readings.add(reading.asString()));
            gold.add(new LabelledSpan(
                    value.path("start").asInt(),
                    value.path("end").asInt(),
                    label(
                            JsonLines.text(value, "type"),
                            JsonLines.textIfPresent(value, "value").orElse(""),
                            JsonLines.textIfPresent(value, "currency").orElse("")
                                    + JsonLines.textIfPresent(value, "unit").orElse(""),
                            readings)));
        }
        return gold;
    }

    /** Right only as a whole: place, type, value and unit; of what is ambiguous, the readings. */
    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<Set<LabelledSpan>>> items) {
        Map<String, Metric> metrics =
                new LinkedHashMap<>(scores(items, span -> true).metrics());
        for (String type : TYPES) {
            Predicate<LabelledSpan> ofType = span -> span.label().startsWith(type + " ");
            if (items.stream().anyMatch(item -> item.gold().stream().anyMatch(ofType))) {
                Metric f1 = scores(items, ofType).metrics().get("f1");
                if (f1 != null) {
                    metrics.put(type + "_f1", f1.named(type + "_f1"));
                }
            }
        }
        brier(items).ifPresent(brier -> metrics.put("brier", brier));
        return metrics;
    }

    /** What the confidences are worth; what is ambiguous has none of its own. */
    private static Optional<Metric> brier(List<EvaluatedItem<Set<LabelledSpan>>> items) {
        List<Double> said = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (EvaluatedItem<Set<LabelledSpan>> item : items) {
            List<Value> values = values(item);
            for (int i = 0; i < values.size(); i++) {
                Struct entity = values.get(i).getStructValue();
                if (!entity.containsFields("readings")) {
                    said.add(item.answer()
                            .output(NormaliserSpecialist.VALUES)
                            .orElseThrow()
                            .getLeaves(i)
                            .getConfidence());
                    right.add(item.gold().contains(span(entity)));
                }
            }
        }
        boolean[] happened = new boolean[right.size()];
        for (int i = 0; i < happened.length; i++) {
            happened[i] = right.get(i);
        }
        return said.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScoreMetrics(
                                said.stream().mapToDouble(Double::doubleValue).toArray(), happened)
                        .brier());
    }

    private static SpanScores scores(List<EvaluatedItem<Set<LabelledSpan>>> items, Predicate<LabelledSpan> counted) {
        SpanScores scores = new SpanScores();
        for (EvaluatedItem<Set<LabelledSpan>> item : items) {
            scores.add(
                    item.gold().stream().filter(counted).collect(Collectors.toSet()),
                    found(item).stream().filter(counted).collect(Collectors.toSet()));
        }
        return scores;
    }

    static Set<LabelledSpan> found(EvaluatedItem<?> item) {
        return values(item).stream().map(value -> span(value.getStructValue())).collect(Collectors.toSet());
    }

    private static List<Value> values(EvaluatedItem<?> item) {
        return item.answer()
                .output(NormaliserSpecialist.VALUES)
                .map(values -> values.getJson().getListValue().getValuesList())
                .orElse(List.of());
    }

    private static LabelledSpan span(Struct entity) {
        Set<String> readings = new TreeSet<>();
        member(entity, "readings")
                .getListValue()
                .getValuesList()
                .forEach(reading -> readings.add(reading.getStringValue()));
        return new LabelledSpan(
                (int) member(entity, "start").getNumberValue(),
                (int) member(entity, "end").getNumberValue(),
                label(
                        member(entity, "type").getStringValue(),
                        member(entity, "value").getStringValue(),
                        member(entity, "currency").getStringValue()
                                + member(entity, "unit").getStringValue(),
                        readings));
    }

    private static Value member(Struct entity, String name) {
        return entity.getFieldsOrDefault(name, Value.getDefaultInstance());
    }

    private static String label(String type, String value, String unit, Set<String> readings) {
        boolean number = !type.equals("date") && !value.isEmpty();
        String usual = number ? new BigDecimal(value).stripTrailingZeros().toPlainString() : value;
        return type + " " + usual + " " + unit + " " + readings;
    }
}
