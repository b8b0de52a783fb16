package dev.pinfactory.specialists.dedupe;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answer as two tables: which rows belong together, and the pairs that speak for it or nearly did. Rows are counted from 0. */
record DuplicatesArtifacts(Duplicates found, double threshold) {
    /** The most pairs that are listed, the likeliest first. */
    static final int MOST_PAIRS = 20_000;

    /** A line for each row that is in a group. */
    Artifact groups() {
        Map<Integer, Double> best = new HashMap<>();
        for (Matcher.Match match : found.matches()) {
            best.merge(match.first(), match.probability(), Math::max);
            best.merge(match.second(), match.probability(), Math::max);
        }
        Lines lines = new Lines();
        int number = 0;
        double sum = 0;
        for (List<Integer> group : found.groups()) {
            for (int row : group) {
                double confidence = best.getOrDefault(row, 0.0);
                lines.add(confidence, number, row, confidence);
                sum += confidence;
            }
            number++;
        }
        // Where nothing is found, as sure as the likeliest pair is none.
        double none = 1
                - found.matches().stream()
                        .mapToDouble(Matcher.Match::probability)
                        .max()
                        .orElse(0);
        return lines.artifact(
                DedupeSpecialist.GROUPS,
                List.of("group", "row", "confidence"),
                lines.count() == 0 ? none : sum / lines.count());
    }

    Artifact pairs() {
        Lines lines = new Lines();
        double sum = 0;
        for (Matcher.Match match :
                found.matches().subList(0, Math.min(MOST_PAIRS, found.matches().size()))) {
            double p = match.probability();
            double confidence = p >= threshold ? p : 1 - p;
            lines.add(confidence, match.first(), match.second(), p);
            sum += confidence;
        }
        return lines.artifact(
                DedupeSpecialist.PAIRS,
                List.of("rowA", "rowB", "probability"),
                lines.count() == 0 ? 1 : sum / lines.count());
    }

    private static final class Lines {
        private final ListValue.Builder rows = ListValue.newBuilder();
        private final Artifact.Builder artifact = Artifact.newBuilder().setType("table");

        int count() {
            return rows.getValuesCount();
        }

        void add(double confidence, double... cells) {
            artifact.addLeaves(LeafNote.newBuilder()
                    .setPointer("/rows/" + count())
                    .setConfidence(confidence)
                    .addEvidence(Evidence.newBuilder().setInput(DedupeSpecialist.TABLE)));
            ListValue.Builder line = ListValue.newBuilder();
            for (double cell : cells) {
                line.addValues(Value.newBuilder().setNumberValue(cell));
            }
            rows.addValues(Value.newBuilder().setListValue(line));
        }

        Artifact artifact(String port, List<String> columns, double confidence) {
            ListValue.Builder names = ListValue.newBuilder();
            for (String column : columns) {
                names.addValues(Value.newBuilder()
                        .setStructValue(Struct.newBuilder()
                                .putFields(
                                        "name",
                                        Value.newBuilder()
                                                .setStringValue(column)
                                                .build())));
            }
            return artifact.setName(port)
                    .setConfidence(confidence)
                    .setJson(Value.newBuilder()
                            .setStructValue(Struct.newBuilder()
                                    .putFields(
                                            "columns",
                                            Value.newBuilder()
                                                    .setListValue(names)
                                                    .build())
                                    .putFields(
                                            "rows",
                                            Value.newBuilder()
                                                    .setListValue(rows)
                                                    .build())))
                    .build();
        }
    }
}
