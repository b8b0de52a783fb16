package dev.pinfactory.specialists.tabular;

import com.google.protobuf.Value;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * For specialists that score rows, on files of flat JSON objects with {@code label} 0 or 1, one a line. Many rows go in one call, as they do in a swarm. A
 * row without a score counts as the share of those where it happened.
 */
public abstract class RowsEvaluation implements SpecialistEvaluation<RowsEvaluation.Part> {
    private static final int ROWS_OF_A_CALL = 200;

    private final String specialist;

    protected RowsEvaluation(String specialist) {
        this.specialist = specialist;
    }

    /** Labels of a call's rows. */
    public record Part(List<Boolean> labels) {
        public Part {
            labels = List.copyOf(labels);
        }
    }

    @Override
    public final String specialist() {
        return specialist;
    }

    @Override
    public String example() {
        return "{\"age\": 41, \"job\": \"admin\", \"label\": 1}";
    }

    @Override
    public final List<EvaluationItem<Part>> read(EvaluationData data) {
        List<LabelledRow> rows = LabelledRow.read(data.file());
        TreeSet<String> columns = new TreeSet<>();
        rows.forEach(row -> columns.addAll(row.row().cells().keySet()));
        List<EvaluationItem<Part>> items = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ROWS_OF_A_CALL) {
            List<LabelledRow> part = rows.subList(from, Math.min(from + ROWS_OF_A_CALL, rows.size()));
            boolean known = part.stream().allMatch(row -> row.label().isPresent());
            items.add(EvaluationItem.of(
                    TableRows.artifact(
                            RowScorer.TABLE,
                            List.copyOf(columns),
                            part.stream().map(LabelledRow::row).toList()),
                    known
                            ? Optional.of(new Part(
                                    part.stream().map(LabelledRow::happened).toList()))
                            : Optional.empty()));
        }
        return items;
    }

    @Override
    public final Map<String, Metric> measure(List<EvaluatedItem<Part>> items) {
        List<Boolean> happened =
                items.stream().flatMap(item -> item.gold().labels().stream()).toList();
        double share =
                happened.stream().mapToInt(label -> label ? 1 : 0).average().orElse(0);
        double[] scores = new double[happened.size()];
        boolean[] outcomes = new boolean[scores.length];
        int at = 0;
        for (EvaluatedItem<Part> item : items) {
            for (int row = 0; row < item.gold().labels().size(); row++) {
                scores[at] = ScoreTable.score(item.answer().object(RowScorer.SCORES), row)
                        .orElse(share);
                outcomes[at] = happened.get(at);
                at++;
            }
        }
        return new ScoreMetrics(scores, outcomes).metrics();
    }

    @Override
    public final List<Map<String, Object>> predictions(EvaluatedItem<Part> item) {
        int rows = item.answer()
                .object(RowScorer.SCORES)
                .getFieldsOrDefault("rows", Value.getDefaultInstance())
                .getListValue()
                .getValuesCount();
        if (rows == 0) {
            return List.of(item.answer().json());
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            OptionalDouble score = ScoreTable.score(item.answer().object(RowScorer.SCORES), row);
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("outcome", score.isPresent() ? "answered" : "abstained");
            score.ifPresent(value -> line.put("score", value));
            lines.add(line);
        }
        return lines;
    }
}
