package dev.pinfactory.specialists.documenttype;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts answers. An abstention is right where the document is of no kind, and wrong where it is of one. */
final class DocumentScores {
    private final List<Prediction> guesses = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    void add(String truth, String guess, double confidence, boolean abstained) {
        guesses.add(new Prediction(truth, guess, confidence));
        answers.add(abstained ? DocumentTypeModel.OTHER : guess);
    }

    /** Accuracy of answers, in scope, recall out of scope; macro F1, calibration error and Brier score of the best guesses. */
    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        double[] right = new double[answers.size()];
        List<Double> inScope = new ArrayList<>();
        List<Double> outOfScope = new ArrayList<>();
        for (int i = 0; i < right.length; i++) {
            String truth = guesses.get(i).truth();
            right[i] = truth.equals(answers.get(i)) ? 1 : 0;
            (truth.equals(DocumentTypeModel.OTHER) ? outOfScope : inScope).add(right[i]);
        }
        metrics.put("accuracy", Bootstrap.mean("accuracy", right));
        if (!inScope.isEmpty() && !outOfScope.isEmpty()) {
            metrics.put("in_scope_accuracy", mean("in_scope_accuracy", inScope));
            metrics.put("oos_recall", mean("oos_recall", outOfScope));
        }
        Predictions predictions = new Predictions(guesses);
        metrics.put("macro_f1", predictions.macroF1());
        metrics.put("ece", predictions.expectedCalibrationError());
        metrics.put("brier", predictions.brier());
        return metrics;
    }

    private static Metric mean(String name, List<Double> values) {
        return Bootstrap.mean(
                name, values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
