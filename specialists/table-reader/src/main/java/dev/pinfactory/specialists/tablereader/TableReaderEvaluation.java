package dev.pinfactory.specialists.tablereader;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SpanScores;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import dev.pinfactory.specialists.tablereader.LabelledTable.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Measures on {@code {"text", "segments": [[start, end, page, left, top, right, bottom]], "columns": [...], "rows": [[...]]}}, one text a line; segments are
 * optional, columns and rows are empty where there is no table.
 */
public final class TableReaderEvaluation implements SpecialistEvaluation<LabelledTable> {
    @Override
    public String specialist() {
        return "table-reader";
    }

    @Override
    public String example() {
        return "{\"text\": \"a;b\\n1;2\", \"columns\": [\"a\", \"b\"], \"rows\": [[\"1\", \"2\"]]}";
    }

    @Override
    public List<EvaluationItem<LabelledTable>> read(EvaluationData data) {
        return JsonLines.read(data.file(), TableReaderEvaluation::item);
    }

    private static EvaluationItem<LabelledTable> item(JsonNode line) {
        Artifact.Builder input = Artifact.newBuilder()
                .setName(TableReaderSpecialist.TEXT)
                .setType("text")
                .setText(JsonLines.text(line, "text"));
        for (JsonNode s : line.path("segments")) {
            input.addSegments(Segment.newBuilder()
                    .setStart(s.path(0).asInt())
                    .setEnd(s.path(1).asInt())
                    .setPage(s.path(2).asInt())
                    .setBox(Box.newBuilder()
                            .setLeft(s.path(3).asDouble())
                            .setTop(s.path(4).asDouble())
                            .setRight(s.path(5).asDouble())
                            .setBottom(s.path(6).asDouble())));
        }
        if (!line.has("columns") || !line.has("rows")) {
            return EvaluationItem.of(input.build(), Optional.empty());
        }
        List<List<String>> rows = new ArrayList<>();
        line.path("rows").forEach(row -> rows.add(texts(row)));
        return EvaluationItem.of(input.build(), Optional.of(new LabelledTable(texts(line.path("columns")), rows)));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    /** Cells count only at the right place with the right content, column names too; {@code table_accuracy} is the share of texts without any error. */
    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<LabelledTable>> items) {
        SpanScores cells = new SpanScores();
        double[] whole = new double[items.size()];
        for (int i = 0; i < whole.length; i++) {
            Set<Cell> truth = items.get(i).gold().cells();
            Set<Cell> found = found(items.get(i));
            cells.add(spans(truth), spans(found));
            whole[i] = truth.equals(found) ? 1 : 0;
        }
        Map<String, Metric> metrics = new LinkedHashMap<>(cells.metrics());
        metrics.put("table_accuracy", Bootstrap.mean("table_accuracy", whole));
        return metrics;
    }

    private static Set<LabelledSpan> spans(Set<Cell> cells) {
        return cells.stream()
                .map(cell -> new LabelledSpan(cell.row(), cell.column(), cell.content()))
                .collect(Collectors.toSet());
    }

    private static Set<Cell> found(EvaluatedItem<?> item) {
        Struct table = item.answer().object(TableReaderSpecialist.TABLE);
        Set<Cell> cells = new HashSet<>();
        List<Value> columns = list(table, "columns");
        for (int c = 0; c < columns.size(); c++) {
            cells.add(new Cell(
                    -1,
                    c,
                    columns.get(c).getStructValue().getFieldsOrThrow("name").getStringValue()));
        }
        List<Value> rows = list(table, "rows");
        for (int r = 0; r < rows.size(); r++) {
            List<Value> row = rows.get(r).getListValue().getValuesList();
            for (int c = 0; c < row.size(); c++) {
                Value cell = row.get(c);
                if (!cell.hasNullValue()) {
                    cells.add(new Cell(
                            r,
                            c,
                            cell.hasNumberValue() ? String.valueOf(cell.getNumberValue()) : cell.getStringValue()));
                }
            }
        }
        return cells;
    }

    private static List<Value> list(Struct table, String member) {
        return table.getFieldsOrDefault(member, Value.getDefaultInstance())
                .getListValue()
                .getValuesList();
    }
}
