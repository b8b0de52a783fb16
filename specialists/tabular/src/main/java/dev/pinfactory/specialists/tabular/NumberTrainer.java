package dev.pinfactory.specialists.tabular;

import dev.pinfactory.specialists.learning.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Learns a {@link NumberModel} by cross-validation: each fold's trees stop by the rows that they have not seen, and their errors there give the bounds. */
public final class NumberTrainer {
    private final TabularSettings settings;
    private final long seed;
    private final Consumer<String> progress;

    public NumberTrainer(TabularSettings settings, long seed, Consumer<String> progress) {
        this.settings = settings;
        this.seed = seed;
        this.progress = progress;
    }

    /** @param numbers one for each row */
    public NumberModel train(List<Row> rows, double[] numbers) {
        Columns columns = Columns.find(rows);
        double[][] features = rows.stream().map(columns::features).toArray(double[][]::new);
        double mean = Arrays.stream(numbers).average().orElse(0);
        double spread = Math.sqrt(Arrays.stream(numbers)
                .map(number -> (number - mean) * (number - mean))
                .average()
                .orElse(0));
        double deviation = spread > 0 ? spread : 1;
        List<List<Tree>> folds = new ArrayList<>();
        double[] gains = new double[columns.features()];
        double[] errors = new double[numbers.length];
        List<Integer> all = IntStream.range(0, numbers.length).boxed().toList();
        for (Split<Integer> fold : Split.folds(all, i -> "", settings.folds(), seed)) {
            Boosting.Grown grown = Boosting.grow(
                    Boosting.Objective.NUMBER,
                    examples(features, numbers, mean, deviation, fold.train()),
                    examples(features, numbers, mean, deviation, fold.held()),
                    settings,
                    seed + folds.size());
            for (int i : fold.held()) {
                double number = mean + deviation * TabularModel.logOdds(List.of(grown.trees()), features[i]);
                errors[i] = Math.abs(number - numbers[i]);
            }
            Arrays.setAll(gains, i -> gains[i] + grown.gains()[i]);
            folds.add(grown.trees());
            progress.accept("fold %d of %d: %d trees"
                    .formatted(folds.size(), settings.folds(), grown.trees().size()));
        }
        Arrays.sort(errors);
        int rank = (int) Math.ceil((errors.length + 1) * NumberModel.COVERAGE);
        double halfWidth = errors[Math.min(rank, errors.length) - 1];
        return new NumberModel(columns, TabularTrainer.weights(columns, gains), folds, mean, deviation, halfWidth);
    }

    private static Boosting.Examples examples(
            double[][] features, double[] numbers, double mean, double deviation, List<Integer> chosen) {
        double[][] rows = new double[chosen.size()][];
        float[] targets = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = features[chosen.get(i)];
            targets[i] = (float) ((numbers[chosen.get(i)] - mean) / deviation);
        }
        return new Boosting.Examples(rows, targets);
    }
}
