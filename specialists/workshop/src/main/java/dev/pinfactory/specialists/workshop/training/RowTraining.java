package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import dev.pinfactory.specialists.tabular.LabelledRow;
import dev.pinfactory.specialists.tabular.TabularModel;
import dev.pinfactory.specialists.tabular.TabularTrainer;
import dev.pinfactory.specialists.workshop.data.Examples;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import dev.pinfactory.specialists.workshop.serving.RowClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns to label rows: boosted trees for each label against the others. */
final class RowTraining {
    private RowTraining() {}

    static Outcome train(Job job, Examples examples) {
        String label = examples.label();
        Rows rows = Rows.divide(examples, row -> row.cell(label), job.seed());
        List<String> labels = rows.learnt().stream()
                .map(row -> row.cell(label))
                .distinct()
                .sorted()
                .toList();
        List<String> modelled = labels.size() == 2 ? labels.subList(1, 2) : labels;
        List<TabularModel> models = new ArrayList<>();
        double[][] unseen = new double[rows.learnt().size()][modelled.size()];
        for (String one : modelled) {
            job.progress().accept("learning '" + one + "'");
            int column = models.size();
            TabularTrainer.Trained trained =
                    new TabularTrainer(rows.settings(), job.seed(), job.progress()).train(labelled(rows, one));
            for (int i = 0; i < unseen.length; i++) {
                unseen[i][column] = trained.unseen()[i];
            }
            models.add(trained.model());
        }
        RowClasses classes = new RowClasses(labels, models, calibration(rows.learnt(), label, labels, unseen));
        List<List<Candidate>> answers =
                rows.rows(rows.tested()).stream().map(classes::classify).toList();
        ClassTest test = new ClassTest(label, rows.tested(), answers);
        return new Outcome(
                ArtifactType.ROW_CLASSES,
                classes.bytes(),
                test.predictions().metrics(),
                ClassTest.majority(label, rows.learnt(), rows.tested()),
                "always the most frequent label",
                test.figures(),
                test.errors(examples.features()),
                rows.learnt().size(),
                rows.tested().size(),
                rows.settings().asMap(),
                Rows.LIBRARIES,
                labels,
                rows.inputs(),
                Map.of());
    }

    static List<LabelledRow> labelled(Rows rows, String positive) {
        String label = rows.examples().label();
        return rows.learnt().stream()
                .map(line -> new LabelledRow(
                        rows.row(line), Optional.of(line.cell(label).equals(positive))))
                .toList();
    }

    private static TemperatureScaling calibration(
            List<Line> learnt, String label, List<String> labels, double[][] unseen) {
        double[][] scores = new double[unseen.length][];
        int[] truth = new int[unseen.length];
        for (int i = 0; i < unseen.length; i++) {
            scores[i] = RowClasses.scores(unseen[i]);
            truth[i] = labels.indexOf(learnt.get(i).cell(label));
        }
        return TemperatureScaling.fit(scores, truth);
    }
}
