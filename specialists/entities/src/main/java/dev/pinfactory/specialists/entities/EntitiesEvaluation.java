package dev.pinfactory.specialists.entities;

import com.google.protobuf.Struct;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures on snips: {@code {"text", "label", "entities": [{"start", "end", "type"}]}}, one a line, offsets in code points. */
public final class EntitiesEvaluation implements SpecialistEvaluation<LabelledSentence> {
    @Override
    public String specialist() {
        return "entities";
    }

    @Override
    public String example() {
        return "{\"tokens\": [\"in\", \"Rome\"], \"tags\": [\"O\", \"B-location\"]}";
    }

    @Override
    public List<EvaluationItem<LabelledSentence>> read(EvaluationData data) {
        return JsonLines.read(
                data.file(),
                line -> EvaluationItem.ofText("text", LabelledSentence.text(line), LabelledSentence.of(line)));
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<LabelledSentence>> items) {
        NameScores scores = new NameScores();
        for (EvaluatedItem<LabelledSentence> item : items) {
            scores.add(
                    item.gold(),
                    item.answer()
                            .output("entities")
                            .map(EntitiesEvaluation::said)
                            .orElse(List.of()));
        }
        return scores.metrics();
    }

    private static List<NameScores.Said> said(Artifact names) {
        List<NameScores.Said> said = new ArrayList<>();
        for (int i = 0; i < names.getJson().getListValue().getValuesCount(); i++) {
            Struct name = names.getJson().getListValue().getValues(i).getStructValue();
            LabelledSpan span = new LabelledSpan(
                    (int) name.getFieldsOrThrow("start").getNumberValue(),
                    (int) name.getFieldsOrThrow("end").getNumberValue(),
                    name.getFieldsOrThrow("type").getStringValue());
            said.add(new NameScores.Said(span, names.getLeaves(i).getConfidence()));
        }
        return said;
    }
}
