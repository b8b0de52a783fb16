package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.receiptfields.FieldReader.Reading;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * F1 of each field and of all together, twice: {@code f1} compares values (dates and amounts normalised; texts by their letters and digits), {@code exact_f1}
 * the source text with what the data has, sign by sign, only runs of blanks being equal.
 */
final class ReceiptScores {
    private record Score(int equal, int exact, int read, int there) {}

    private ReceiptScores() {}

    static Map<String, Metric> of(ReceiptModel model, List<LabelledReceipt> receipts) {
        List<Map<Field, Score>> scores =
                receipts.stream().map(receipt -> score(model, receipt)).toList();
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (Field field : Field.values()) {
            put(metrics, field.key(), scores, List.of(field));
        }
        put(metrics, "micro", scores, List.of(Field.values()));
        return metrics;
    }

    private static void put(
            Map<String, Metric> metrics, String name, List<Map<Field, Score>> scores, List<Field> fields) {
        measure(metrics, name + "_f1", scores, fields, Score::equal);
        measure(metrics, name + "_exact_f1", scores, fields, Score::exact);
    }

    private static void measure(
            Map<String, Metric> metrics,
            String name,
            List<Map<Field, Score>> scores,
            List<Field> fields,
            ToIntFunction<Score> right) {
        metrics.put(name, Bootstrap.measure(name, scores.size(), draw -> {
            int found = 0;
            int both = 0;
            for (int i : draw) {
                for (Field field : fields) {
                    Score score = scores.get(i).getOrDefault(field, new Score(0, 0, 0, 0));
                    found += right.applyAsInt(score);
                    both += score.read() + score.there();
                }
            }
            return both == 0 ? 0 : 2.0 * found / both;
        }));
    }

    private static Map<Field, Score> score(ReceiptModel model, LabelledReceipt labelled) {
        Receipt receipt = Receipt.of(labelled.text());
        List<Reading> readings = model.read(receipt);
        Map<Field, Score> scores = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            Optional<Reading> reading =
                    readings.stream().filter(one -> one.field() == field).findFirst();
            boolean equal = reading.isPresent()
                    && labelled.isRight(field, reading.get().candidate().value());
            boolean exact = reading.isPresent()
                    && reading.get().candidate().source(receipt.text()).equals(labelled.raw(field));
            int there = labelled.raw(field).isEmpty() ? 0 : 1;
            scores.put(field, new Score(equal ? 1 : 0, exact ? 1 : 0, reading.isPresent() ? 1 : 0, there));
        }
        return scores;
    }
}
