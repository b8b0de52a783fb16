package dev.pinfactory.specialists.dedupe;

import com.google.protobuf.Value;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import dev.pinfactory.specialists.tabular.TableRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures on {@code {"columns": [...], "rows": [[...]], "entities": [...]}}, one table a line; rows of one entity are the same. */
public final class DedupeEvaluation implements SpecialistEvaluation<LabelledTable> {
    @Override
    public String specialist() {
        return PairModel.KIND;
    }

    @Override
    public String example() {
        return "{\"columns\": [\"name\"], \"rows\": [[\"Ann Lee\"], [\"Lee, Ann\"]], \"entities\": [\"a\", \"a\"]}";
    }

    @Override
    public List<EvaluationItem<LabelledTable>> read(EvaluationData data) {
        return JsonLines.read(data.file(), line -> {
            LabelledTable table = LabelledTable.of(line);
            return EvaluationItem.of(
                    TableRows.artifact(DedupeSpecialist.TABLE, table.columns(), table.rows()),
                    table.entities().map(names -> table));
        });
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<LabelledTable>> items) {
        TableScores scores = new TableScores();
        for (EvaluatedItem<LabelledTable> item : items) {
            Map<Integer, List<Integer>> groups = new TreeMap<>();
            rows(item, DedupeSpecialist.GROUPS)
                    .forEach(row -> groups.computeIfAbsent((int) number(row, 0), g -> new ArrayList<>())
                            .add((int) number(row, 1)));
            List<Matcher.Match> matches = rows(item, DedupeSpecialist.PAIRS).stream()
                    .map(row -> new Matcher.Match((int) number(row, 0), (int) number(row, 1), number(row, 2)))
                    .toList();
            scores.add(item.gold(), List.copyOf(groups.values()), matches);
        }
        return scores.metrics();
    }

    private static List<Value> rows(EvaluatedItem<LabelledTable> item, String port) {
        return item.answer()
                .object(port)
                .getFieldsOrDefault("rows", Value.getDefaultInstance())
                .getListValue()
                .getValuesList();
    }

    private static double number(Value row, int cell) {
        return row.getListValue().getValues(cell).getNumberValue();
    }
}
