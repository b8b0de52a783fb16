package dev.pinfactory.specialists.learning.evaluation;

import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import java.util.List;
import java.util.Map;

/**
 * For specialists that give a text one label, on files of {@code {"text", "label"}}, one a line. The best guess of an abstention counts as its answer:
 * the labels are a closed set, and the confidence tells how sure it was.
 */
public abstract class ClassifierEvaluation implements SpecialistEvaluation<String> {
    private final String specialist;
    private final String input;
    private final String output;

    /**
     * @param specialist as in {@link #specialist()}
     * @param input port that takes the text
     * @param output port that gives the labels
     */
    protected ClassifierEvaluation(String specialist, String input, String output) {
        this.specialist = specialist;
        this.input = input;
        this.output = output;
    }

    @Override
    public final String specialist() {
        return specialist;
    }

    @Override
    public List<EvaluationItem<String>> read(EvaluationData data) {
        return JsonLines.read(
                data.file(),
                line -> EvaluationItem.ofText(
                        input, JsonLines.text(line, "text"), JsonLines.textIfPresent(line, "label")));
    }

    @Override
    public final Map<String, Metric> measure(List<EvaluatedItem<String>> items) {
        return metrics(new Predictions(items.stream().map(this::prediction).toList()));
    }

    /** Accuracy, macro F1, calibration error and Brier score; subclasses may add or choose. */
    protected Map<String, Metric> metrics(Predictions predictions) {
        return predictions.metrics();
    }

    /** A call that was refused has no label and is wrong. */
    private Prediction prediction(EvaluatedItem<String> item) {
        double confidence = item.answer()
                .output(output)
                .map(labels -> labels.getConfidence())
                .orElse(0.0);
        return new Prediction(item.gold(), item.answer().label(output), confidence);
    }
}
