package dev.pinfactory.specialists.workshop.training;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.specialists.forecast.SeriesTrainer;
import dev.pinfactory.specialists.forecast.SeriesTrainer.Window;
import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.plot.Plot;
import dev.pinfactory.specialists.workshop.data.SeriesTable;
import dev.pinfactory.specialists.workshop.report.ErrorCase;
import dev.pinfactory.specialists.workshop.report.Figure;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Learns how series go on. Figures are of the last fifth of the file, by weights that had not seen it. */
final class ForecastTraining {
    private static final int USUAL_HORIZON = 24;
    private static final int MOST_CHANNELS_DRAWN = 3;
    private static final int SHOWN_BEFORE = 3;

    /** Windows that overlap err alike, so the bootstrap draws blocks of neighbours. */
    private static final int BLOCKS = 12;

    private ForecastTraining() {}

    static Outcome train(Job job, SeriesTable series) {
        int rows = series.times().size();
        int horizon = job.horizon() > 0 ? job.horizon() : Math.clamp(rows / 20, 1, USUAL_HORIZON);
        if (series.names().size() > SeriesTrainer.mostChannels()) {
            throw new DataException("%d columns of numbers, at most %d are taken: name them with --label A,B"
                    .formatted(series.names().size(), SeriesTrainer.mostChannels()));
        }
        if (horizon > SeriesTrainer.longestHorizon() || rows < SeriesTrainer.fewestRows(horizon)) {
            throw new DataException("%,d rows, expected at least %,d to forecast %d (--horizon, at most %d)"
                    .formatted(rows, SeriesTrainer.fewestRows(horizon), horizon, SeriesTrainer.longestHorizon()));
        }
        SeriesTrainer.Trained trained = SeriesTrainer.train(series.names(), series.channels(), horizon, job.progress());
        List<Window> windows = trained.windows();
        Map<String, Metric> metrics = new LinkedHashMap<>(metrics(windows, Window::predicted));
        metrics.put("coverage", metric("coverage", windows, ForecastTraining::covered));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("lookback", trained.lookback());
        settings.put("anchored", trained.anchored());
        settings.put("horizon", horizon);
        settings.put("time", series.time());
        return new Outcome(
                ArtifactType.FORECAST,
                trained.model(),
                metrics,
                metrics(windows, Window::naive),
                "the last season or value again",
                figures(series, windows, horizon),
                errors(series, windows),
                (int) (rows * (1 - Job.TEST_SHARE)),
                windows.size(),
                settings,
                Map.of("ejml", "0.44.0"),
                series.names(),
                List.of(input(series, rows, Math.max(trained.lookback(), horizon))),
                Map.of("horizon", Value.newBuilder().setNumberValue(horizon).build()));
    }

    private static Map<String, Metric> metrics(List<Window> windows, Function<Window, double[][]> said) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("mse", metric("mse", windows, window -> error(window, said.apply(window), true)));
        metrics.put("mae", metric("mae", windows, window -> error(window, said.apply(window), false)));
        return metrics;
    }

    /** In standard deviations of each channel, so that channels can be added up. */
    private static double error(Window window, double[][] said, boolean squared) {
        double sum = 0;
        int count = 0;
        for (int c = 0; c < said.length; c++) {
            for (int h = 0; h < said[c].length; h++) {
                double error = Math.abs(window.actual()[c][h] - said[c][h]) / window.scales()[c];
                sum += squared ? error * error : error;
                count++;
            }
        }
        return sum / count;
    }

    private static double covered(Window window) {
        double sum = 0;
        int count = 0;
        for (int c = 0; c < window.actual().length; c++) {
            for (int h = 0; h < window.actual()[c].length; h++) {
                double actual = window.actual()[c][h];
                sum += actual >= window.lower()[c][h] && actual <= window.upper()[c][h] ? 1 : 0;
                count++;
            }
        }
        return sum / count;
    }

    private static Metric metric(String name, List<Window> windows, ToDoubleFunction<Window> figure) {
        double[] values = windows.stream().mapToDouble(figure).toArray();
        int blocks = Math.min(BLOCKS, values.length);
        Metric metric = Bootstrap.measure(name, blocks, draw -> {
            double sum = 0;
            int count = 0;
            for (int block : draw) {
                for (int i = block * values.length / blocks; i < (block + 1) * values.length / blocks; i++) {
                    sum += values[i];
                    count++;
                }
            }
            return sum / count;
        });
        return new Metric(name, metric.value(), metric.low(), metric.high(), values.length);
    }

    private static List<Figure> figures(SeriesTable series, List<Window> windows, int horizon) {
        List<Figure> figures = new ArrayList<>();
        double[] steps = IntStream.rangeClosed(1, horizon).asDoubleStream().toArray();
        double[] learnt = byStep(windows, horizon, Window::predicted);
        double[] naive = byStep(windows, horizon, Window::naive);
        double[] allY = IntStream.range(0, 2 * horizon + 1)
                .mapToDouble(i -> i == 2 * horizon ? 0 : i < horizon ? learnt[i] : naive[i - horizon])
                .toArray();
        double[] allX = new double[allY.length];
        Arrays.fill(allX, 1);
        allX[0] = horizon;
        figures.add(new Figure(
                "Error by step",
                Plot.of(allX, allY, "steps ahead", "mean absolute error")
                        .line("this model", steps, learnt)
                        .line("last season or value", steps, naive)
                        .svg(),
                "In standard deviations of each series, over " + windows.size()
                        + " forecasts of the last fifth of the file."));
        Window last = windows.getLast();
        for (int c = 0; c < Math.min(MOST_CHANNELS_DRAWN, series.names().size()); c++) {
            figures.add(drawn(series, last, c, horizon));
        }
        return figures;
    }

    private static Figure drawn(SeriesTable series, Window window, int c, int horizon) {
        double[] values = series.channels().get(c);
        int from = Math.max(0, window.origin() - SHOWN_BEFORE * horizon);
        double[] xs = IntStream.range(from, window.origin() + horizon)
                .asDoubleStream()
                .toArray();
        double[] actual = Arrays.copyOfRange(values, from, window.origin() + horizon);
        double[] ahead = IntStream.range(window.origin(), window.origin() + horizon)
                .asDoubleStream()
                .toArray();
        double[] low = IntStream.range(0, xs.length)
                .mapToDouble(i -> i < horizon ? Math.min(actual[i], window.lower()[c][i]) : actual[i])
                .toArray();
        double[] high = IntStream.range(0, xs.length)
                .mapToDouble(i -> i < horizon ? Math.max(actual[i], window.upper()[c][i]) : actual[i])
                .toArray();
        double[] bothX = new double[2 * xs.length];
        double[] bothY = new double[bothX.length];
        for (int i = 0; i < xs.length; i++) {
            bothX[i] = xs[i];
            bothX[xs.length + i] = xs[i];
            bothY[i] = low[i];
            bothY[xs.length + i] = high[i];
        }
        return new Figure(
                "The last forecast of " + series.names().get(c),
                Plot.of(bothX, bothY, "row", series.names().get(c))
                        .band(ahead, window.lower()[c], window.upper()[c])
                        .line("actual", xs, actual)
                        .line("forecast", ahead, window.predicted()[c])
                        .svg(),
                "From " + series.times().get(window.origin()) + " on; the band is meant to hold 90 % of what comes.");
    }

    private static double[] byStep(List<Window> windows, int horizon, Function<Window, double[][]> said) {
        double[] errors = new double[horizon];
        for (Window window : windows) {
            double[][] values = said.apply(window);
            for (int c = 0; c < values.length; c++) {
                for (int h = 0; h < horizon; h++) {
                    errors[h] += Math.abs(window.actual()[c][h] - values[c][h])
                            / window.scales()[c]
                            / (windows.size() * values.length);
                }
            }
        }
        return errors;
    }

    private static List<ErrorCase> errors(SeriesTable series, List<Window> windows) {
        List<ErrorCase> errors = new ArrayList<>();
        for (Window window : windows) {
            for (int c = 0; c < window.actual().length; c++) {
                for (int h = 0; h < window.actual()[c].length; h++) {
                    double actual = window.actual()[c][h];
                    double off =
                            Math.max(window.lower()[c][h] - actual, actual - window.upper()[c][h]) / window.scales()[c];
                    if (off > 0) {
                        errors.add(new ErrorCase(
                                window.origin() + h + 2,
                                series.names().get(c) + " at " + series.times().get(window.origin() + h) + ", "
                                        + (h + 1) + " ahead",
                                String.format(Locale.ROOT, "%.4g", actual),
                                String.format(
                                        Locale.ROOT,
                                        "%.4g (%.4g to %.4g)",
                                        window.predicted()[c][h],
                                        window.lower()[c][h],
                                        window.upper()[c][h]),
                                off));
                    }
                }
            }
        }
        return errors;
    }

    private static Artifact input(SeriesTable series, int rows, int context) {
        int from = Math.max(0, rows - Math.max(context, 16));
        ArtifactList.Builder items = ArtifactList.newBuilder();
        for (int c = 0; c < series.names().size(); c++) {
            ListValue.Builder values = ListValue.newBuilder();
            for (int i = from; i < rows; i++) {
                values.addValues(
                        Value.newBuilder().setNumberValue(series.channels().get(c)[i]));
            }
            Struct json = Struct.newBuilder()
                    .putFields(
                            "name",
                            Value.newBuilder()
                                    .setStringValue(series.names().get(c))
                                    .build())
                    .putFields("values", Value.newBuilder().setListValue(values).build())
                    .build();
            items.addItems(Artifact.newBuilder()
                    .setType("series")
                    .setJson(Value.newBuilder().setStructValue(json)));
        }
        return Artifact.newBuilder()
                .setName("series")
                .setType("series")
                .setItems(items)
                .build();
    }
}
