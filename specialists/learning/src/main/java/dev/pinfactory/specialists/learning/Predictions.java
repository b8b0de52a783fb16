package dev.pinfactory.specialists.learning;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What a classifier said of labelled texts, and how good that was. */
public record Predictions(List<Prediction> cases) {
    public Predictions {
        cases = List.copyOf(cases);
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("no predictions to measure");
        }
    }

    /**
     * One answer.
     *
     * @param confidence of the predicted label, 0 to 1
     */
    public record Prediction(String truth, String predicted, double confidence) {
        boolean right() {
            return truth.equals(predicted);
        }
    }

    /** What a classifier says of texts whose labels are known. */
    public static Predictions of(TextClassifier classifier, List<LabelledText> texts) {
        List<List<Candidate>> answers =
                classifier.classify(texts.stream().map(LabelledText::text).toList());
        return new Predictions(IntStream.range(0, texts.size())
                .mapToObj(i -> {
                    Candidate best = answers.get(i).getFirst();
                    return new Prediction(texts.get(i).label(), best.label(), best.confidence());
                })
                .toList());
    }

    /** Accuracy, macro F1, expected calibration error and Brier score, by name. */
    public Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", accuracy());
        metrics.put("macro_f1", macroF1());
        metrics.put("ece", expectedCalibrationError());
        metrics.put("brier", brier());
        return metrics;
    }

    /** Share of right answers; for one label a text, micro F1 is the same. */
    public Metric accuracy() {
        return Bootstrap.mean("accuracy", right());
    }

    /** F1 of each label, averaged over the labels that occur. */
    public Metric macroF1() {
        return Bootstrap.measure("macro_f1", cases.size(), this::macroF1);
    }

    /** F1 of one label, such as "spam". */
    public Metric f1(String label) {
        return Bootstrap.measure("f1", cases.size(), draw -> {
            int found = 0;
            int predictedOrThere = 0;
            for (int i : draw) {
                Prediction one = cases.get(i);
                boolean there = one.truth().equals(label);
                boolean predicted = one.predicted().equals(label);
                found += there && predicted ? 1 : 0;
                predictedOrThere += (there ? 1 : 0) + (predicted ? 1 : 0);
            }
            return predictedOrThere == 0 ? 0 : 2.0 * found / predictedOrThere;
        });
    }

    /** How far confidence and accuracy lie apart, in 15 bins with equally many answers. */
    public Metric expectedCalibrationError() {
        double[] right = right();
        return Bootstrap.measure(
                "ece",
                cases.size(),
                draw -> CalibrationError.of(draw, i -> cases.get(i).confidence(), i -> right[i]));
    }

    /** Mean square distance of the predicted label's confidence from what came true. */
    public Metric brier() {
        double[] squares = cases.stream()
                .mapToDouble(one -> Math.pow(one.confidence() - (one.right() ? 1 : 0), 2))
                .toArray();
        return Bootstrap.mean("brier", squares);
    }

    /** Accuracy of the answers that were given at this confidence or above. */
    public Predictions atLeast(double confidence) {
        return new Predictions(
                cases.stream().filter(one -> one.confidence() >= confidence).toList());
    }

    private double[] right() {
        return cases.stream().mapToDouble(one -> one.right() ? 1 : 0).toArray();
    }

    private double macroF1(int[] draw) {
        Map<String, int[]> counts = new HashMap<>(); // label → found rightly, predicted, there
        Set<String> there = new TreeSet<>();
        for (int i : draw) {
            Prediction one = cases.get(i);
            there.add(one.truth());
            counts.computeIfAbsent(one.truth(), label -> new int[3])[2]++;
            counts.computeIfAbsent(one.predicted(), label -> new int[3])[1]++;
            if (one.right()) {
                counts.get(one.truth())[0]++;
            }
        }
        double sum = 0;
        for (String label : there) {
            int[] count = counts.getOrDefault(label, new int[3]);
            sum += 2.0 * count[0] / (count[1] + count[2]);
        }
        return sum / there.size();
    }
}
