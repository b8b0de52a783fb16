package dev.pinfactory.specialists.slots;

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

/** Measures on snips: {@code {"text", "label", "slots": [{"start", "end", "type"}]}}, one a line, offsets in code points. */
public final class SlotsEvaluation implements SpecialistEvaluation<LabelledRequest> {
    @Override
    public String specialist() {
        return "slots";
    }

    @Override
    public String example() {
        return "{\"text\": \"play Help\", \"label\": \"PlayMusic\", \"slots\": [{\"start\": 5, \"end\": 9, \"type\": \"track\"}]}";
    }

    @Override
    public List<EvaluationItem<LabelledRequest>> read(EvaluationData data) {
        return JsonLines.read(
                data.file(),
                line -> EvaluationItem.ofText("text", JsonLines.text(line, "text"), LabelledRequest.of(line)));
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<LabelledRequest>> items) {
        SlotScores scores = new SlotScores();
        for (EvaluatedItem<LabelledRequest> item : items) {
            double confidence =
                    item.answer().output("intent").map(Artifact::getConfidence).orElse(0.0);
            List<SlotScores.Said> said =
                    item.answer().output("slots").map(SlotsEvaluation::said).orElse(List.of());
            scores.add(item.gold(), item.answer().label("intent"), confidence, said);
        }
        return scores.metrics();
    }

    private static List<SlotScores.Said> said(Artifact slots) {
        List<SlotScores.Said> said = new ArrayList<>();
        for (int i = 0; i < slots.getJson().getListValue().getValuesCount(); i++) {
            Struct slot = slots.getJson().getListValue().getValues(i).getStructValue();
            LabelledSpan span = new LabelledSpan(
                    (int) slot.getFieldsOrThrow("start").getNumberValue(),
                    (int) slot.getFieldsOrThrow("end").getNumberValue(),
                    slot.getFieldsOrThrow("type").getStringValue());
            said.add(new SlotScores.Said(span, slots.getLeaves(i).getConfidence()));
        }
        return said;
    }
}
