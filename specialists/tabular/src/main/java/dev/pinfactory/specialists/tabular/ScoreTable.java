package dev.pinfactory.specialists.tabular;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answer: a table of the columns {@code row}, {@code score} and {@code reasons}, one row for each row of the input, in its order. */
public final class ScoreTable {
    private static final int LONGEST = 40;

    private final String input;
    private final ListValue.Builder rows = ListValue.newBuilder();
    private final List<LeafNote> leaves = new ArrayList<>();
    private int judged;
    private double confidences;

    /** @param input port that the rows came by */
    public ScoreTable(String input) {
        this.input = input;
    }

    /** A row with its calibrated probability. The confidence is that of the likelier outcome. */
    public void add(double probability, String reasons) {
        double confidence = Math.max(probability, 1 - probability);
        leaves.add(note(confidence));
        row(Cells.number(probability), reasons);
        confidences += confidence;
        judged++;
    }

    /** A row that can't be judged: its score is null. */
    public void addUnknown(String reason) {
        leaves.add(note(0));
        row(Cells.of(null), reason);
    }

    private LeafNote note(double confidence) {
        return LeafNote.newBuilder()
                .setPointer("/rows/" + rows.getValuesCount())
                .setConfidence(confidence)
                .addEvidence(Evidence.newBuilder().setInput(input))
                .build();
    }

    private void row(Value score, String reasons) {
        rows.addValues(Value.newBuilder()
                .setListValue(ListValue.newBuilder()
                        .addValues(Cells.number(rows.getValuesCount()))
                        .addValues(score)
                        .addValues(Cells.text(reasons))));
    }

    /** How many rows have a score. */
    public int judged() {
        return judged;
    }

    /** The artifact; its confidence is the mean of the rows that have a score. */
    public Artifact artifact(String port) {
        ListValue.Builder columns = ListValue.newBuilder();
        for (String name : List.of("row", "score", "reasons")) {
            columns.addValues(
                    Value.newBuilder().setStructValue(Struct.newBuilder().putFields("name", Cells.text(name))));
        }
        return TableRows.table(port, columns, rows)
                .setConfidence(judged == 0 ? 0 : confidences / judged)
                .addAllLeaves(leaves)
                .build();
    }

    /** Such as {@code duration 820 (+1.9), poutcome success (+0.8)}. */
    public static String words(List<TabularModel.Reason> reasons, Row row) {
        return reasons.stream()
                .map(reason ->
                        "%s %s (%+.2f)".formatted(reason.column(), shown(row.cell(reason.column())), reason.logOdds()))
                .collect(Collectors.joining(", "));
    }

    private static String shown(@Nullable Object cell) {
        if (cell == null) {
            return "missing";
        }
        if (cell instanceof Double number && number != Math.rint(number)) {
            return String.valueOf(Math.round(number * 100) / 100.0);
        }
        String word = Columns.word(cell);
        boolean fits = word.codePointCount(0, word.length()) <= LONGEST;
        return fits ? word : word.substring(0, word.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** The score of a row of such a table; empty where it has none. */
    public static OptionalDouble score(Struct table, int row) {
        List<Value> rows = table.getFieldsOrDefault("rows", Value.getDefaultInstance())
                .getListValue()
                .getValuesList();
        if (row >= rows.size()) {
            return OptionalDouble.empty();
        }
        Value score = rows.get(row).getListValue().getValues(1);
        return score.hasNumberValue() ? OptionalDouble.of(score.getNumberValue()) : OptionalDouble.empty();
    }
}
