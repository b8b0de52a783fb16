package dev.pinfactory.specialists.workshop.serving;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import java.util.ArrayList;
import java.util.List;

/** An answer of one row for each row of the input, in its order. */
final class AnswerTable {
    private final String input;
    private final List<String> columns;
    private final ListValue.Builder rows = ListValue.newBuilder();
    private final List<LeafNote> leaves = new ArrayList<>();
    private double confidences;
    private int known;

    AnswerTable(String input, List<String> columns) {
        this.input = input;
        this.columns = List.copyOf(columns);
    }

    int size() {
        return rows.getValuesCount();
    }

    /** Rows that have an answer. */
    int known() {
        return known;
    }

    /** @param confidence 0 for a row without an answer */
    void add(double confidence, Value... cells) {
        leaves.add(LeafNote.newBuilder()
                .setPointer("/rows/" + size())
                .setConfidence(confidence)
                .addEvidence(Evidence.newBuilder().setInput(input))
                .build());
        rows.addValues(Value.newBuilder().setListValue(ListValue.newBuilder().addAllValues(List.of(cells))));
        confidences += confidence;
        known += confidence > 0 ? 1 : 0;
    }

    Artifact artifact(String port) {
        ListValue.Builder names = ListValue.newBuilder();
        for (String column : columns) {
            names.addValues(
                    Value.newBuilder().setStructValue(Struct.newBuilder().putFields("name", text(column))));
        }
        Struct table = Struct.newBuilder()
                .putFields("columns", Value.newBuilder().setListValue(names).build())
                .putFields("rows", Value.newBuilder().setListValue(rows).build())
                .build();
        return Artifact.newBuilder()
                .setName(port)
                .setType(SemanticTypes.TABLE)
                .setJson(Value.newBuilder().setStructValue(table))
                .setConfidence(known == 0 ? 0 : confidences / known)
                .addAllLeaves(leaves)
                .build();
    }

    static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }

    static Value nothing() {
        return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    }
}
