package dev.pinfactory.specialists.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Learns a model for channels of certain names from one file: its first part is learnt from, the next decides how far to look back and gives the bounds, and the last
 * is the test; then the weights are fitted again on everything, as a forecast stands on the newest values.
 */
public final class SeriesTrainer {
    /** The model's kind, as the file says. */
    public static final String KIND = ForecastModel.KIND;

    private static final double LEARNT_SHARE = 0.6;
    private static final double CHOICE_SHARE = 0.8;
    private static final int MOST_ORIGINS = 400;

    /** What the comparison by season looks at. */
    private static final int NAIVE_CONTEXT = 720;

    private static final int[] LOOKBACKS = {336, 168, 96, 48, 24, 12};

    private SeriesTrainer() {}

    /**
     * What came of it.
     *
     * @param model for {@link ForecastSpecialist}
     * @param lookback values that a forecast stands on
     * @param anchored whether they are taken relative to the last one
     * @param windows the forecasts of the test part, in order
     */
    public record Trained(byte[] model, int lookback, boolean anchored, List<Window> windows) {
        public Trained {
            windows = List.copyOf(windows);
        }
    }

    /**
     * One forecast of the test part, a row for each channel.
     *
     * @param origin row of the file that is the first to be forecast
     * @param naive what the last season or value would say
     * @param scales standard deviation of each channel in the part that was learnt from
     */
    public record Window(
            int origin,
            double[][] actual,
            double[][] predicted,
            double[][] lower,
            double[][] upper,
            double[][] naive,
            double[] scales) {}

    /** Rows that are needed for forecasts this far. */
    public static int fewestRows(int horizon) {
        int shortest = LOOKBACKS[LOOKBACKS.length - 1];
        return (int) Math.ceil((2 * shortest + horizon) / LEARNT_SHARE) + 5 * horizon;
    }

    /** The furthest that a model may be asked to forecast. */
    public static int longestHorizon() {
        return Forecaster.LONGEST_HORIZON;
    }

    /** Channels that a model may have. */
    public static int mostChannels() {
        return Channel.MOST;
    }

    /**
     * @param channels of one length, without holes, at least {@link #fewestRows} long
     * @throws IllegalArgumentException when they are too short
     */
    public static Trained train(List<String> names, List<double[]> channels, int horizon, Consumer<String> progress) {
        int rows = channels.getFirst().length;
        if (rows < fewestRows(horizon)) {
            throw new IllegalArgumentException(
                    "%,d rows, expected at least %,d to forecast %d".formatted(rows, fewestRows(horizon), horizon));
        }
        int learnt = (int) (rows * LEARNT_SHARE);
        int chosen = (int) (rows * CHOICE_SHARE);
        List<Scale> scales =
                channels.stream().map(channel -> Scale.of(channel, learnt)).toList();
        List<double[]> scaled = IntStream.range(0, scales.size())
                .mapToObj(i -> scales.get(i).apply(channels.get(i)))
                .toList();
        int[] choosing = origins(learnt, chosen, horizon);
        Choice best = choose(scaled, learnt, choosing, horizon, progress);
        double[][] widths = best.conformal().widths();
        Ridge tested = fit(scaled, best, chosen, horizon);
        List<Window> windows = new ArrayList<>();
        for (int origin : origins(chosen, rows, horizon)) {
            windows.add(window(tested, channels, scaled, scales, widths, origin, horizon));
        }
        progress.accept("learning again from all " + rows + " rows");
        Ridge last = fit(scaled, best, rows, horizon);
        ForecastModel model =
                new ForecastModel(Optional.of(new ForecastModel.Learnt(last, names, scales, floats(widths))));
        return new Trained(model.bytes(), best.lookback(), best.anchored(), windows);
    }

    private record Choice(int lookback, boolean anchored, Conformal conformal) {}

    private static Choice choose(
            List<double[]> scaled, int learnt, int[] origins, int horizon, Consumer<String> progress) {
        Choice best = null;
        for (int lookback : LOOKBACKS) {
            if (learnt - lookback - horizon + 1 < lookback) {
                continue;
            }
            for (boolean anchored : new boolean[] {false, true}) {
                Ridge ridge = fit(scaled, lookback, anchored, learnt, horizon);
                Conformal errors = Conformal.of(ridge, scaled, origins, horizon);
                progress.accept("looking back %d values%s: mean square error %.4f"
                        .formatted(lookback, anchored ? ", relative to the last" : "", errors.meanSquare()));
                if (best == null || errors.meanSquare() < best.conformal().meanSquare()) {
                    best = new Choice(lookback, anchored, errors);
                }
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("too few rows");
        }
        return best;
    }

    private static Ridge fit(List<double[]> scaled, Choice choice, int rows, int horizon) {
        return fit(scaled, choice.lookback(), choice.anchored(), rows, horizon);
    }

    private static Ridge fit(List<double[]> scaled, int lookback, boolean anchored, int rows, int horizon) {
        Moments moments = new Moments(lookback, horizon);
        scaled.forEach(series -> moments.add(series, 0, rows - lookback - horizon + 1));
        return Ridge.fit(moments, anchored);
    }

    /** Evenly over a part, each with its whole horizon in it. */
    private static int[] origins(int from, int to, int horizon) {
        int possible = to - horizon - from + 1;
        int count = Math.min(possible, MOST_ORIGINS);
        return IntStream.range(0, count)
                .map(k -> from + (int) ((long) k * possible / count))
                .toArray();
    }

    private static Window window(
            Ridge ridge,
            List<double[]> channels,
            List<double[]> scaled,
            List<Scale> scales,
            double[][] widths,
            int origin,
            int horizon) {
        int count = channels.size();
        double[][] actual = new double[count][];
        double[][] predicted = new double[count][];
        double[][] lower = new double[count][];
        double[][] upper = new double[count][];
        double[][] naive = new double[count][];
        for (int c = 0; c < count; c++) {
            Forecast forecast = Forecast.of(
                    ridge.predict(scaled.get(c), origin, horizon),
                    widths[c],
                    scales.get(c),
                    "",
                    Conformal.COVERAGE,
                    Optional.empty());
            actual[c] = Arrays.copyOfRange(channels.get(c), origin, origin + horizon);
            predicted[c] = forecast.values();
            lower[c] = forecast.lower();
            upper[c] = forecast.upper();
            double[] before = Arrays.copyOfRange(channels.get(c), Math.max(0, origin - NAIVE_CONTEXT), origin);
            naive[c] = Naive.forecast(before, horizon).values();
        }
        return new Window(
                origin,
                actual,
                predicted,
                lower,
                upper,
                naive,
                scales.stream().mapToDouble(Scale::deviation).toArray());
    }

    private static float[][] floats(double[][] values) {
        float[][] floats = new float[values.length][values[0].length];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                floats[i][j] = (float) values[i][j];
            }
        }
        return floats;
    }
}
