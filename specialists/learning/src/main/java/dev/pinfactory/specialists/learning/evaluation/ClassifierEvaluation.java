package dev.pinfactory.specialists.learning.evaluation;

import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * For specialists that give a text one label, on files of {@code {"text", "label"}}, one a line. The best guess of an abstention counts as its answer:
 * the labels are a closed set, and the confidence tells how sure it was.
 */
public abstract class ClassifierEvaluation implements SpecialistEvaluation<String> {
    private static final int WARNED_OF = 5;

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
    public String example() {
        return "{\"text\": \"some words\", \"label\": \"one of the labels\"}";
    }

    @Override
    public List<EvaluationItem<String>> read(EvaluationData data) {
        return JsonLines.read(
                data.file(),
                line -> EvaluationItem.ofText(
                        input,
                        JsonLines.text(line, "text"),
                        JsonLines.textIfPresent(line, "label").filter(label -> !label.isBlank())));
    }

    @Override
    public final Map<String, Metric> measure(List<EvaluatedItem<String>> items) {
        return metrics(new Predictions(items.stream().map(this::prediction).toList()));
    }

    /** Labels of the file that not one answer names, not even among its second guesses: most often another spelling, or another label set. */
    @Override
    public final List<String> warnings(List<EvaluatedItem<String>> items) {
        Set<String> named = items.stream()
                .flatMap(item -> item.answer().candidates(output).stream())
                .collect(Collectors.toSet());
        Map<String, Long> foreign = items.stream()
                .map(EvaluatedItem::gold)
                .filter(label -> !named.contains(label))
                .collect(Collectors.groupingBy(label -> label, TreeMap::new, Collectors.counting()));
        if (foreign.isEmpty()) {
            return List.of();
        }
        String some = foreign.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(WARNED_OF)
                .map(label -> "'%s' (%,d)".formatted(label.getKey(), label.getValue()))
                .collect(Collectors.joining(", "));
        return List.of(
                "of the file's labels %,d came back in no answer, not even as a second guess: %s%s. Does '%s' know them by that name?"
                        .formatted(foreign.size(), some, foreign.size() > WARNED_OF ? " and more" : "", specialist));
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
