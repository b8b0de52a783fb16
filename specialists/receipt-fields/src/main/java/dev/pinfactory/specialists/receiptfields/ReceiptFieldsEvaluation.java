package dev.pinfactory.specialists.receiptfields;

import com.google.protobuf.Struct;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import dev.pinfactory.specialists.receiptfields.ReceiptScores.Case;
import dev.pinfactory.specialists.receiptfields.ReceiptScores.Found;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Measures on receipts_sroie: {@code {"lines": [{"box", "text"}], "fields": {company, date, address, total}}}, one a line. */
public final class ReceiptFieldsEvaluation implements SpecialistEvaluation<LabelledReceipt> {
    @Override
    public String specialist() {
        return "receipt-fields";
    }

    @Override
    public String example() {
        return "{\"lines\": [{\"box\": [10, 5, 90, 20], \"text\": \"TOTAL 9.00\"}], \"fields\": {\"total\": \"9.00\"}}";
    }

    @Override
    public List<EvaluationItem<LabelledReceipt>> read(EvaluationData data) {
        return JsonLines.read(data.file(), line -> {
            Artifact text = ReceiptData.text(line);
            return EvaluationItem.of(text, gold(line, text));
        });
    }

    /** What people read in the receipt of a line, for a text of it: that of the line, or one that was recognized in its image. Empty where it has no gold. */
    public static Optional<LabelledReceipt> gold(JsonNode line, Artifact text) {
        JsonNode fields = line.path("fields");
        return fields.isObject()
                ? Optional.of(new LabelledReceipt(line.path("id").asString(""), text, ReceiptData.gold(fields)))
                : Optional.empty();
    }

    /**
     * {@code f1} is for all four fields together, {@code company_f1} and the like for one: every sign counts but blanks, and dates and amounts are compared as
     * dates and amounts, because that is what is answered. {@code lenient_f1} counts only letters and digits of texts; {@code exact_f1} compares what is
     * written on the receipt with what the file has, currency signs included.
     */
    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<LabelledReceipt>> items) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        ReceiptScores.of(items.stream()
                        .map(item -> new Case(item.gold(), found(item)))
                        .toList())
                .forEach((name, metric) -> {
                    String shown = shown(name);
                    metrics.put(shown, metric.named(shown));
                });
        return metrics;
    }

    private static String shown(String name) {
        String field = name.replaceFirst("_.*", "_").replace("micro_", "");
        String kind = name.replaceFirst("^[a-z]+_", "");
        return switch (kind) {
            case "f1" -> field + "lenient_f1";
            case "value_f1" -> field + "f1";
            default -> field + kind;
        };
    }

    private static Map<Field, Found> found(EvaluatedItem<LabelledReceipt> item) {
        Map<Field, Found> found = new EnumMap<>(Field.class);
        Artifact answer = item.answer().output("fields").orElse(Artifact.getDefaultInstance());
        Struct values = answer.getJson().getStructValue();
        for (LeafNote note : answer.getLeavesList()) {
            Field field = Field.valueOf(note.getPointer().substring(1).toUpperCase(Locale.ROOT));
            found.put(
                    field,
                    new Found(
                            values.getFieldsOrThrow(field.key()).getStringValue(),
                            source(item.gold().text().getText(), note.getEvidenceList())));
        }
        return found;
    }

    /** What is written at the places that an answer names. */
    private static String source(String text, List<Evidence> places) {
        return places.stream()
                .map(place -> text.substring(
                        text.offsetByCodePoints(0, place.getSpan().getStart()),
                        text.offsetByCodePoints(0, place.getSpan().getEnd())))
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ")
                .strip();
    }
}
