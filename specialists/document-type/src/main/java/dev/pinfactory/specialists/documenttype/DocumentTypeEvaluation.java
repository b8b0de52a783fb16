package dev.pinfactory.specialists.documenttype;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.List;
import java.util.Map;

/** Measures on {@code {"text", "label"}}, one a line; the label of what is of no kind is {@code other}. */
public final class DocumentTypeEvaluation implements SpecialistEvaluation<String> {
    @Override
    public String specialist() {
        return DocumentTypeModel.KIND;
    }

    @Override
    public String example() {
        return "{\"text\": \"TAX INVOICE No. 331\", \"label\": \"invoice\"}";
    }

    @Override
    public List<EvaluationItem<String>> read(EvaluationData data) {
        return JsonLines.read(
                data.file(),
                line -> EvaluationItem.ofText(
                        DocumentTypeSpecialist.TEXT,
                        JsonLines.text(line, "text"),
                        JsonLines.textIfPresent(line, "label")));
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<String>> items) {
        DocumentScores scores = new DocumentScores();
        for (EvaluatedItem<String> item : items) {
            double confidence = item.answer()
                    .output(DocumentTypeSpecialist.TYPE)
                    .map(Artifact::getConfidence)
                    .orElse(0.0);
            scores.add(
                    item.gold(),
                    item.answer().label(DocumentTypeSpecialist.TYPE),
                    confidence,
                    item.answer().abstained());
        }
        return scores.metrics();
    }
}
