package dev.pinfactory.specialists.tablereader;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.specialists.tablereader.Grid.GridRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table as an artifact: numbers as numbers, what is missing as null, for each row where in the text it stands. */
final class TableArtifact {
    private TableArtifact() {}

    static Artifact of(String text, ReadTable table) {
        ListValue.Builder columns = ListValue.newBuilder();
        List<Boolean> commas = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            commas.add(CellType.commaIsDecimal(ReadTable.column(table.rows(), c)));
            columns.addValues(Value.newBuilder()
                    .setStructValue(Struct.newBuilder()
                            .putFields("name", text(table.columns().get(c)))
                            .putFields("type", text(table.types().get(c).name().toLowerCase(Locale.ROOT)))));
        }
        ListValue.Builder rows = ListValue.newBuilder();
        Artifact.Builder artifact =
                Artifact.newBuilder().setName(TableReaderSpecialist.TABLE).setType("table");
        int index = 0;
        int codePoints = 0;
        for (GridRow row : table.rows()) {
            // Rows of a page need not be in the order of the text.
            codePoints = row.start() >= index
                    ? codePoints + text.codePointCount(index, row.start())
                    : text.codePointCount(0, row.start());
            index = row.start();
            artifact.addLeaves(LeafNote.newBuilder()
                    .setPointer("/rows/" + rows.getValuesCount())
                    .setConfidence(table.confidence())
                    .addEvidence(Evidence.newBuilder()
                            .setInput(TableReaderSpecialist.TEXT)
                            .setSpan(Span.newBuilder()
                                    .setStart(codePoints)
                                    .setEnd(codePoints + text.codePointCount(row.start(), row.end())))));
            ListValue.Builder cells = ListValue.newBuilder();
            for (int c = 0; c < row.cells().size(); c++) {
                cells.addValues(cell(row.cells().get(c), table.types().get(c), commas.get(c)));
            }
            rows.addValues(Value.newBuilder().setListValue(cells));
        }
        return artifact.setConfidence(table.confidence())
                .setJson(Value.newBuilder()
                        .setStructValue(Struct.newBuilder()
                                .putFields(
                                        "columns",
                                        Value.newBuilder().setListValue(columns).build())
                                .putFields(
                                        "rows",
                                        Value.newBuilder().setListValue(rows).build())))
                .build();
    }

    private static Value cell(String cell, CellType type, boolean comma) {
        if (cell.isEmpty()) {
            return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        }
        return type == CellType.NUMBER
                ? Value.newBuilder()
                        .setNumberValue(CellType.number(cell, comma).orElseThrow())
                        .build()
                : text(cell);
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
