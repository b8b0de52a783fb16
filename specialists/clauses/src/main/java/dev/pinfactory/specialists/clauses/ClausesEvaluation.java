package dev.pinfactory.specialists.clauses;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures on clause_unfair_tos: {@code {"text", "labels": […]}}, one a line; a clause without labels has the label none. */
public final class ClausesEvaluation implements SpecialistEvaluation<Set<String>> {
    @Override
    public String specialist() {
        return "clauses";
    }

    @Override
    public String example() {
        return "{\"text\": \"We may end the service at any time.\", \"labels\": [\"termination\"]}";
    }

    @Override
    public List<EvaluationItem<Set<String>>> read(EvaluationData data) {
        return JsonLines.read(
                data.file(),
                line -> EvaluationItem.ofText("text", JsonLines.text(line, "text"), LabelledClause.kinds(line)));
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<Set<String>>> items) {
        ClauseScores scores = new ClauseScores();
        for (EvaluatedItem<Set<String>> item : items) {
            List<Candidate> said = item
                    .answer()
                    .object("kinds")
                    .getFieldsOrDefault("candidates", Value.getDefaultInstance())
                    .getListValue()
                    .getValuesList()
                    .stream()
                    .map(value -> candidate(value.getStructValue()))
                    .toList();
            scores.add(item.gold(), said);
        }
        return scores.metrics();
    }

    private static Candidate candidate(Struct said) {
        return new Candidate(
                said.getFieldsOrThrow("label").getStringValue(),
                said.getFieldsOrThrow("confidence").getNumberValue());
    }
}
