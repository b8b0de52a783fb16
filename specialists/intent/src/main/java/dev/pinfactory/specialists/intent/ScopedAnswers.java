package dev.pinfactory.specialists.intent;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.TextClassifier;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What was said of questions of which some are out of scope, and how good that was. */
record ScopedAnswers(List<Answer> answers) {
    ScopedAnswers {
        answers = List.copyOf(answers);
    }

    /**
     * What was said of one question.
     *
     * @param best the likeliest intent
     * @param answered whether it was given as the answer
     */
    record Answer(String truth, String best, double confidence, boolean answered) {
        boolean inScope() {
            return !truth.equals(IntentModel.OUT_OF_SCOPE);
        }

        boolean right() {
            return inScope() ? answered && best.equals(truth) : !answered;
        }

        Answer at(double floor) {
            return new Answer(truth, best, confidence, confidence >= floor);
        }
    }

    /** With every question answered. */
    static ScopedAnswers of(TextClassifier classifier, List<LabelledText> texts) {
        List<List<Candidate>> ranked =
                classifier.classify(texts.stream().map(LabelledText::text).toList());
        return new ScopedAnswers(IntStream.range(0, texts.size())
                .mapToObj(i -> {
                    Candidate best = IntentModel.intents(ranked.get(i)).getFirst();
                    return new Answer(texts.get(i).label(), best.label(), best.confidence(), true);
                })
                .toList());
    }

    static long outOfScope(List<LabelledText> texts) {
        return texts.stream()
                .filter(text -> text.label().equals(IntentModel.OUT_OF_SCOPE))
                .count();
    }

    ScopedAnswers at(double floor) {
        return new ScopedAnswers(
                answers.stream().map(answer -> answer.at(floor)).toList());
    }

    /** The highest floor above which this share of the questions in scope is still answered rightly. */
    double floor(double share) {
        List<Answer> inScope = answers.stream().filter(Answer::inScope).toList();
        double[] right = inScope.stream()
                .filter(answer -> answer.best().equals(answer.truth()))
                .map(Answer::confidence)
                .sorted(Comparator.reverseOrder())
                .mapToDouble(Double::doubleValue)
                .toArray();
        int wanted = (int) Math.ceil(share * inScope.size());
        if (wanted > right.length) {
            return 0;
        }
        return right[wanted - 1];
    }

    /** Accuracy in scope, recall of what is out of scope, accuracy over both; calibration of the answers that were given. */
    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        share(metrics, "accuracy", answers.stream().filter(Answer::inScope).toList());
        share(
                metrics,
                "oos_recall",
                answers.stream().filter(answer -> !answer.inScope()).toList());
        share(metrics, "overall_accuracy", answers);
        List<Prediction> given = answers.stream()
                .filter(Answer::answered)
                .map(answer -> new Prediction(answer.truth(), answer.best(), answer.confidence()))
                .toList();
        if (!given.isEmpty()) {
            metrics.put("ece", new Predictions(given).expectedCalibrationError());
            metrics.put("brier", new Predictions(given).brier());
        }
        return metrics;
    }

    private static void share(Map<String, Metric> metrics, String name, List<Answer> of) {
        if (!of.isEmpty()) {
            metrics.put(
                    name,
                    Bootstrap.mean(
                            name,
                            of.stream()
                                    .mapToDouble(answer -> answer.right() ? 1 : 0)
                                    .toArray()));
        }
    }
}
