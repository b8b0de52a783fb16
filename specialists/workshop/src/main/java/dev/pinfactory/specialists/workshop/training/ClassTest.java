package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.learning.plot.Plot;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import dev.pinfactory.specialists.workshop.report.ConfusionPlot;
import dev.pinfactory.specialists.workshop.report.Curves;
import dev.pinfactory.specialists.workshop.report.ErrorCase;
import dev.pinfactory.specialists.workshop.report.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers with labels to rows that were put aside: figures, drawings, and what to read. */
final class ClassTest {
    private static final int MOST_CONFUSED = 25;
    private static final int MOST_CURVES = 8;

    private final String label;
    private final List<Line> rows;
    private final List<List<Candidate>> answers;
    private final Predictions predictions;
    private final List<String> labels;

    /** @param answers all labels of each row, the likeliest first */
    ClassTest(String label, List<Line> rows, List<List<Candidate>> answers) {
        this.label = label;
        this.rows = rows;
        this.answers = answers;
        this.predictions = new Predictions(IntStream.range(0, rows.size())
                .mapToObj(i -> {
                    Candidate best = answers.get(i).getFirst();
                    return new Prediction(truth(i), best.label(), best.confidence());
                })
                .toList());
        this.labels = answers.getFirst().stream().map(Candidate::label).sorted().toList();
    }

    Predictions predictions() {
        return predictions;
    }

    private String truth(int row) {
        return rows.get(row).cell(label);
    }

    /** What always saying the most frequent label of the learnt rows gets. */
    static Map<String, Metric> majority(String label, List<Line> learnt, List<Line> tested) {
        Map<String, Long> counts = learnt.stream()
                .collect(Collectors.groupingBy(row -> row.cell(label), TreeMap::new, Collectors.counting()));
        Map.Entry<String, Long> most =
                counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        double share = (double) most.getValue() / learnt.size();
        return new Predictions(tested.stream()
                        .map(row -> new Prediction(row.cell(label), most.getKey(), share))
                        .toList())
                .metrics();
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(List.of(confusion(), precisionRecall()));
        double[] confidences =
                predictions.cases().stream().mapToDouble(Prediction::confidence).toArray();
        boolean[] right = new boolean[confidences.length];
        for (int i = 0; i < right.length; i++) {
            Prediction one = predictions.cases().get(i);
            right[i] = one.truth().equals(one.predicted());
        }
        figures.add(Curves.calibration(
                confidences, right, predictions.expectedCalibrationError().value()));
        return figures;
    }

    private Figure confusion() {
        Map<String, Integer> wrong = new TreeMap<>();
        labels.forEach(one -> wrong.put(one, 0));
        for (Prediction one : predictions.cases()) {
            if (!one.truth().equals(one.predicted())) {
                wrong.merge(one.truth(), 1, Integer::sum);
                wrong.merge(one.predicted(), 1, Integer::sum);
            }
        }
        List<String> shown = wrong.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_CONFUSED)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        int[][] counts = new int[shown.size()][shown.size()];
        for (Prediction one : predictions.cases()) {
            int truth = shown.indexOf(one.truth());
            int answer = shown.indexOf(one.predicted());
            if (truth >= 0 && answer >= 0) {
                counts[truth][answer]++;
            }
        }
        String caption = shown.size() < labels.size()
                ? "The %d of %d labels that are confused most.".formatted(shown.size(), labels.size())
                : "How many rows of each label got which answer.";
        return new Figure("Confusion matrix", ConfusionPlot.svg(shown, counts), caption);
    }

    /** Of two labels the rarer one's curve, else one for each of the most frequent, against all others. */
    private Figure precisionRecall() {
        Map<String, Long> counts = new LinkedHashMap<>();
        labels.forEach(one -> counts.put(
                one,
                predictions.cases().stream()
                        .filter(other -> other.truth().equals(one))
                        .count()));
        List<String> shown = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(
                        labels.size() == 2
                                ? Map.Entry.comparingByValue()
                                : Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(labels.size() == 2 ? 1 : MOST_CURVES)
                .map(Map.Entry::getKey)
                .toList();
        Plot plot = Plot.ofShares("recall", "precision");
        List<String> areas = new ArrayList<>();
        for (String one : shown) {
            double[] scores = scores(one);
            boolean[] there = there(one);
            double[][] curve = Curves.precisionRecall(scores, there);
            plot.line(one, curve[0], curve[1]);
            areas.add("%s %.3f"
                    .formatted(
                            one,
                            new ScoreMetrics(scores, there).averagePrecision().value()));
        }
        return new Figure(
                "Precision and recall",
                plot.svg(),
                "As the threshold falls, each label against all others. Average precision: " + String.join(", ", areas)
                        + ".");
    }

    double[] scores(String one) {
        return answers.stream()
                .mapToDouble(all -> all.stream()
                        .filter(candidate -> candidate.label().equals(one))
                        .mapToDouble(Candidate::confidence)
                        .findFirst()
                        .orElse(0))
                .toArray();
    }

    boolean[] there(String one) {
        boolean[] there = new boolean[rows.size()];
        for (int i = 0; i < there.length; i++) {
            there[i] = truth(i).equals(one);
        }
        return there;
    }

    /** The surest first: those are wrong labels, or something that the model can't know. */
    List<ErrorCase> errors(List<String> features) {
        List<ErrorCase> errors = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Prediction one = predictions.cases().get(i);
            if (!one.truth().equals(one.predicted())) {
                errors.add(new ErrorCase(
                        rows.get(i).number(),
                        shown(rows.get(i), features),
                        one.truth(),
                        "%s (%.2f)".formatted(one.predicted(), one.confidence()),
                        one.confidence()));
            }
        }
        return errors;
    }

    /** The cells, named where there are several. */
    static String shown(Line row, List<String> features) {
        return features.size() == 1
                ? row.cell(features.getFirst())
                : features.stream()
                        .map(feature -> feature + "=" + row.cell(feature))
                        .collect(Collectors.joining(", "));
    }
}
