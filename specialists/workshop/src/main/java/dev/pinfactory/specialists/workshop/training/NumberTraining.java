package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.plot.Plot;
import dev.pinfactory.specialists.tabular.NumberModel;
import dev.pinfactory.specialists.tabular.NumberTrainer;
import dev.pinfactory.specialists.workshop.data.Examples;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import dev.pinfactory.specialists.workshop.report.ErrorCase;
import dev.pinfactory.specialists.workshop.report.Figure;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Learns the number in a column from the others. */
final class NumberTraining {
    /** Rows of equally high numbers, so that both parts have low and high ones. */
    private static final int STRATA = 10;

    private static final int MOST_POINTS = 1_500;

    private NumberTraining() {}

    static Outcome train(Job job, Examples examples) {
        String label = examples.label();
        double[] sorted = numbers(examples.rows().rows(), label);
        Arrays.sort(sorted);
        Rows rows = Rows.divide(examples, row -> stratum(sorted, row.cell(label)), job.seed());
        double[] known = numbers(rows.learnt(), label);
        NumberModel model =
                new NumberTrainer(rows.settings(), job.seed(), job.progress()).train(rows.rows(rows.learnt()), known);
        double[] truth = numbers(rows.tested(), label);
        double[] said =
                rows.rows(rows.tested()).stream().mapToDouble(model::number).toArray();
        double[] mean = new double[truth.length];
        Arrays.fill(mean, Arrays.stream(known).average().orElseThrow());
        Map<String, Metric> metrics = new LinkedHashMap<>(metrics(truth, said));
        double[] covered = new double[truth.length];
        Arrays.setAll(covered, i -> Math.abs(truth[i] - said[i]) <= model.halfWidth() ? 1 : 0);
        Metric coverage = Bootstrap.mean("coverage", covered);
        metrics.put("coverage", coverage);
        return new Outcome(
                ArtifactType.NUMBER,
                model.bytes(ArtifactType.NUMBER.kind()),
                metrics,
                metrics(truth, mean),
                "always the mean",
                figures(truth, said, coverage),
                errors(rows, examples, truth, said),
                rows.learnt().size(),
                rows.tested().size(),
                rows.settings().asMap(),
                Rows.LIBRARIES,
                List.of(label),
                rows.inputs(),
                Map.of());
    }

    private static double[] numbers(List<Line> rows, String label) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.cell(label)))
                .toArray();
    }

    private static String stratum(double[] sorted, String cell) {
        int at = Arrays.binarySearch(sorted, Double.parseDouble(cell));
        return String.valueOf(Math.max(at, 0) * STRATA / sorted.length);
    }

    private static Map<String, Metric> metrics(double[] truth, double[] said) {
        double[] absolute = new double[truth.length];
        double[] square = new double[truth.length];
        Arrays.setAll(absolute, i -> Math.abs(truth[i] - said[i]));
        Arrays.setAll(square, i -> absolute[i] * absolute[i]);
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("mae", Bootstrap.mean("mae", absolute));
        metrics.put(
                "rmse",
                Bootstrap.measure(
                        "rmse",
                        truth.length,
                        draw -> Math.sqrt(Arrays.stream(draw)
                                .mapToDouble(i -> square[i])
                                .average()
                                .orElse(0))));
        metrics.put("r2", Bootstrap.measure("r2", truth.length, draw -> explained(draw, truth, square)));
        return metrics;
    }

    /** The share of the variance that is explained. */
    private static double explained(int[] draw, double[] truth, double[] square) {
        double mean = Arrays.stream(draw).mapToDouble(i -> truth[i]).average().orElse(0);
        double total = Arrays.stream(draw)
                .mapToDouble(i -> (truth[i] - mean) * (truth[i] - mean))
                .sum();
        double left = Arrays.stream(draw).mapToDouble(i -> square[i]).sum();
        return total == 0 ? 0 : 1 - left / total;
    }

    private static List<Figure> figures(double[] truth, double[] said, Metric coverage) {
        int step = Math.max(1, truth.length / MOST_POINTS);
        double[] xs = every(truth, step);
        double[] ys = every(said, step);
        double[] all = DoubleStream.concat(Arrays.stream(xs), Arrays.stream(ys)).toArray();
        String svg = Plot.of(all, all, "truth", "estimate")
                .diagonal()
                .points("rows", xs, ys, 2)
                .svg();
        return List.of(new Figure(
                "Estimates and truth",
                svg,
                "On the dashed line the estimate is right. Bounds of 90 %% held %.1f %% of the rows."
                        .formatted(100 * coverage.value())));
    }

    private static double[] every(double[] values, int step) {
        double[] some = new double[(values.length + step - 1) / step];
        Arrays.setAll(some, i -> values[i * step]);
        return some;
    }

    private static List<ErrorCase> errors(Rows rows, Examples examples, double[] truth, double[] said) {
        List<ErrorCase> errors = new ArrayList<>();
        for (int i = 0; i < truth.length; i++) {
            Line row = rows.tested().get(i);
            errors.add(new ErrorCase(
                    row.number(),
                    ClassTest.shown(row, examples.features()),
                    row.cell(examples.label()),
                    String.format(Locale.ROOT, "%.4g", said[i]),
                    Math.abs(truth[i] - said[i])));
        }
        return errors;
    }
}
