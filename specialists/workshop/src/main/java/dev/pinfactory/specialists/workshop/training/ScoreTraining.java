package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.tabular.TabularModel;
import dev.pinfactory.specialists.tabular.TabularTrainer;
import dev.pinfactory.specialists.workshop.data.Examples;
import dev.pinfactory.specialists.workshop.data.Finding;
import dev.pinfactory.specialists.workshop.data.Findings;
import dev.pinfactory.specialists.workshop.report.Curves;
import dev.pinfactory.specialists.workshop.report.Figure;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Learns how likely the one of two labels is that is asked about. */
final class ScoreTraining {
    private static final Set<String> YES = Set.of("1", "yes", "y", "true", "t", "positive", "1.0");

    private ScoreTraining() {}

    static Outcome train(Job job, Examples examples, Findings findings) {
        String label = examples.label();
        Rows rows = Rows.divide(examples, row -> row.cell(label), job.seed());
        String positive = positive(examples, findings);
        TabularTrainer.Trained trained = new TabularTrainer(rows.settings(), job.seed(), job.progress())
                .train(RowTraining.labelled(rows, positive));
        TabularModel model = trained.model();
        double[] scores = rows.rows(rows.tested()).stream()
                .mapToDouble(model::probability)
                .toArray();
        boolean[] happened = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            happened[i] = rows.tested().get(i).cell(label).equals(positive);
        }
        String negative = examples.rows().rows().stream()
                .map(row -> row.cell(label))
                .filter(value -> !value.equals(positive))
                .findFirst()
                .orElseThrow();
        List<List<Candidate>> answers = Arrays.stream(scores)
                .mapToObj(score -> Candidate.ranked(List.of(negative, positive), new double[] {1 - score, score}))
                .toList();
        ClassTest test = new ClassTest(label, rows.tested(), answers);
        ScoreMetrics scored = new ScoreMetrics(scores, happened);
        double[] share = new double[scores.length];
        Arrays.fill(
                share,
                (double) rows.learnt().stream()
                                .filter(row -> row.cell(label).equals(positive))
                                .count()
                        / rows.learnt().size());
        List<Figure> figures = new ArrayList<>(test.figures());
        figures.set(
                figures.size() - 1,
                Curves.calibration(
                        scores, happened, scored.expectedCalibrationError().value()));
        return new Outcome(
                ArtifactType.PROBABILITY,
                model.bytes(ArtifactType.PROBABILITY.kind()),
                scored.metrics(),
                new ScoreMetrics(share, happened).metrics(),
                "the same probability for every row",
                figures,
                test.errors(examples.features()),
                rows.learnt().size(),
                rows.tested().size(),
                settings(rows, positive),
                Rows.LIBRARIES,
                List.of(positive),
                rows.inputs(),
                Map.of());
    }

    private static Map<String, Object> settings(Rows rows, String positive) {
        Map<String, Object> settings = new TreeMap<>(rows.settings().asMap());
        settings.put("positive", positive);
        return settings;
    }

    /** The one that reads like a yes, else the rarer. */
    private static String positive(Examples examples, Findings findings) {
        Map<String, Long> counts = examples.rows().rows().stream()
                .collect(Collectors.groupingBy(row -> row.cell(examples.label()), TreeMap::new, Collectors.counting()));
        if (counts.size() != 2) {
            throw new DataException(
                    "column '%s' has the labels %s, expected two of them or numbers; more are for --type classify"
                            .formatted(examples.label(), counts.keySet()));
        }
        String positive = counts.keySet().stream()
                .filter(ScoreTraining::isYes)
                .findFirst()
                .orElseGet(() -> counts.entrySet().stream()
                        .min(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey());
        findings.add(
                Finding.note("column '" + examples.label() + "'", "scores are the probability of '" + positive + "'"));
        return positive;
    }

    /** Whether a label by itself does not say what happened. */
    static boolean isYes(String label) {
        return YES.contains(label.toLowerCase(Locale.ROOT));
    }
}
