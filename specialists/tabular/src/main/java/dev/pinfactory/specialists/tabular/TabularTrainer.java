package dev.pinfactory.specialists.tabular;

import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Learns a model by cross-validation: each fold's trees stop by the rows that they have not seen, what they say of those rows calibrates, and all folds
 * together are the model.
 */
public final class TabularTrainer {
    private final TabularSettings settings;
    private final long seed;
    private final Consumer<String> progress;

    public TabularTrainer(TabularSettings settings, long seed, Consumer<String> progress) {
        this.settings = settings;
        this.seed = seed;
        this.progress = progress;
    }

    /** What came of it: the model, and what folds said of the rows that they had not seen. */
    public record Trained(TabularModel model, double[] unseen) {}

    /** @param rows all with a label */
    public Trained train(List<LabelledRow> rows) {
        Columns columns = Columns.find(rows.stream().map(LabelledRow::row).toList());
        double[][] features =
                rows.stream().map(row -> columns.features(row.row())).toArray(double[][]::new);
        boolean[] happened = new boolean[rows.size()];
        IntStream.range(0, happened.length)
                .forEach(i -> happened[i] = rows.get(i).happened());
        List<List<Tree>> folds = new ArrayList<>();
        double[] gains = new double[columns.features()];
        double[] unseen = new double[rows.size()];
        List<Integer> all = IntStream.range(0, rows.size()).boxed().toList();
        for (int repeat = 0; repeat < settings.repeats(); repeat++) {
            long dealt = seed + repeat;
            for (Split<Integer> fold : Split.folds(all, i -> happened[i] ? "1" : "0", settings.folds(), dealt)) {
                Boosting.Grown grown = Boosting.grow(
                        Boosting.Objective.LOG_ODDS,
                        examples(features, happened, fold.train()),
                        examples(features, happened, fold.held()),
                        settings,
                        seed + folds.size());
                for (int i : fold.held()) {
                    unseen[i] += TabularModel.logOdds(List.of(grown.trees()), features[i]) / settings.repeats();
                }
                Arrays.setAll(gains, i -> gains[i] + grown.gains()[i]);
                folds.add(grown.trees());
                progress.accept("fold %d of %d: %d trees"
                        .formatted(
                                folds.size(),
                                settings.folds() * settings.repeats(),
                                grown.trees().size()));
            }
        }
        double[] probabilities =
                Arrays.stream(unseen).map(TabularModel::sigmoid).toArray();
        PlattScaling calibration = PlattScaling.fit(probabilities, happened);
        double[] calibrated = Arrays.stream(probabilities).map(calibration::of).toArray();
        return new Trained(new TabularModel(columns, weights(columns, gains), folds, calibration), calibrated);
    }

    private static Boosting.Examples examples(double[][] features, boolean[] happened, List<Integer> chosen) {
        float[] outcomes = new float[chosen.size()];
        double[][] rows = new double[chosen.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = features[chosen.get(i)];
            outcomes[i] = happened[chosen.get(i)] ? 1 : 0;
        }
        return new Boosting.Examples(rows, outcomes);
    }

    static double[] weights(Columns columns, double[] gains) {
        int[] columnOfFeature = columns.columnOfFeature();
        double total = Math.max(Arrays.stream(gains).sum(), Double.MIN_NORMAL);
        double[] weights = new double[columns.all().size()];
        for (int i = 0; i < gains.length; i++) {
            weights[columnOfFeature[i]] += gains[i] / total;
        }
        return weights;
    }
}
