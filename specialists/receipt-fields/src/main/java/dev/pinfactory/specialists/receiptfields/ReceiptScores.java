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
 * F1 of each field and of all together, three times: {@code f1} compares values (dates and amounts normalised; texts by their letters and digits),
 * {@code value_f1} the same with every sign of a text but blanks, {@code exact_f1} the source text with what the data has, sign by sign, only runs of blanks
 * being equal.
 */
final class ReceiptScores {
    private record Score(int equal, int same, int exact, int read, int there) {}

    private ReceiptScores() {}

    /**
     * What was read of a field.
     *
     * @param value normalised
     * @param source what is written there, each run of white space one blank
     */
    record Found(String value, String source) {}

    /** A receipt and what was read of it. */
    record Case(LabelledReceipt receipt, Map<Field, Found> found) {
        Case {
            found = Map.copyOf(found);
        }
    }

    static Map<String, Metric> of(ReceiptModel model, List<LabelledReceipt> receipts) {
        return of(receipts.stream().map(receipt -> read(model, receipt)).toList());
    }

    static Map<String, Metric> of(List<Case> cases) {
        List<Map<Field, Score>> scores =
                cases.stream().map(ReceiptScores::score).toList();
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
        measure(metrics, name + "_value_f1", scores, fields, Score::same);
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
                    Score score = scores.get(i).getOrDefault(field, new Score(0, 0, 0, 0, 0));
                    found += right.applyAsInt(score);
                    both += score.read() + score.there();
                }
            }
            return both == 0 ? 0 : 2.0 * found / both;
        }));
    }

    private static Case read(ReceiptModel model, LabelledReceipt labelled) {
        Receipt receipt = Receipt.of(labelled.text());
        Map<Field, Found> found = new EnumMap<>(Field.class);
        for (Reading reading : model.read(receipt)) {
            found.put(
                    reading.field(),
                    new Found(reading.candidate().value(), reading.candidate().source(receipt.text())));
        }
        return new Case(labelled, found);
    }

    private static Map<Field, Score> score(Case one) {
        Map<Field, Score> scores = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            Optional<Found> found = Optional.ofNullable(one.found().get(field));
            boolean equal = found.isPresent()
                    && one.receipt().isRight(field, found.get().value());
            boolean same =
                    found.isPresent() && one.receipt().isSame(field, found.get().value());
            boolean exact = found.isPresent()
                    && found.get().source().equals(one.receipt().raw(field));
            int there = one.receipt().raw(field).isEmpty() ? 0 : 1;
            scores.put(field, new Score(equal ? 1 : 0, same ? 1 : 0, exact ? 1 : 0, found.isPresent() ? 1 : 0, there));
        }
        return scores;
    }
}
