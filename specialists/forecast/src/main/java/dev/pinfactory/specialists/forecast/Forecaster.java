package dev.pinfactory.specialists.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Learns from the series that it is given: one ridge for all channels, fitted on what comes before the last part; that part chooses between plain and anchored
 * weights and gives the bounds; then the weights are fitted again on everything.
 */
final class Forecaster {
    static final int LONGEST_LOOKBACK = 336;
    static final int LONGEST_HORIZON = 720;

    private static final int[] LOOKBACKS = {LONGEST_LOOKBACK, 168, 96, 48, 24, 12};
    private static final int FEWEST_ORIGINS = 30;
    private static final int MOST_ORIGINS = 200;

    /** Products in forecasting the held-back part: some tenths of a second. */
    private static final long MOST_WORK = 200_000_000;

    private Forecaster() {}

    /**
     * How a series is divided.
     *
     * @param learnt values before this place are learnt from first
     * @param origins forecasts that the bounds come from
     */
    private record Division(int lookback, int learnt, int[] origins) {}

    /** The channels' forecasts, in order; empty if it was cancelled. Channels have the same length. */
    static Optional<List<Forecast>> forecast(List<double[]> channels, int horizon, BooleanSupplier cancelled) {
        int length = channels.getFirst().length;
        Optional<Division> division = divide(length, channels.size(), horizon);
        if (division.isEmpty()) {
            return Optional.of(channels.stream()
                    .map(series -> Naive.forecast(series, horizon))
                    .toList());
        }
        return learn(channels, division.get(), horizon, cancelled);
    }

    /** The longest lookback that leaves at least as many windows to learn from as it has weights. */
    private static Optional<Division> divide(int length, int channels, int horizon) {
        int held = Math.clamp(length / 5, FEWEST_ORIGINS, MOST_ORIGINS);
        int learnt = length - horizon - held + 1;
        for (int lookback : LOOKBACKS) {
            if (learnt - lookback - horizon + 1 >= lookback) {
                long most = Math.max(FEWEST_ORIGINS, MOST_WORK / ((long) lookback * horizon * channels));
                int count = (int) Math.min(held, most);
                int[] origins = new int[count];
                for (int k = 0; k < count; k++) {
                    origins[k] = learnt + (int) ((long) k * held / count);
                }
                return Optional.of(new Division(lookback, learnt, origins));
            }
        }
        return Optional.empty();
    }

    private static Optional<List<Forecast>> learn(
            List<double[]> channels, Division division, int horizon, BooleanSupplier cancelled) {
        int lookback = division.lookback();
        int length = channels.getFirst().length;
        int first = division.learnt() - lookback - horizon + 1;
        List<Scale> scales = new ArrayList<>();
        List<double[]> scaled = new ArrayList<>();
        Moments moments = new Moments(lookback, horizon);
        for (double[] series : channels) {
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            Scale scale = Scale.of(series, division.learnt());
            scales.add(scale);
            scaled.add(scale.apply(series));
            moments.add(scaled.getLast(), 0, first);
        }
        Conformal best = Conformal.of(Ridge.fit(moments, false), scaled, division.origins(), horizon);
        if (cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        Conformal other = Conformal.of(Ridge.fit(moments, true), scaled, division.origins(), horizon);
        if (cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        boolean anchored = other.meanSquare() < best.meanSquare();
        double[][] widths = (anchored ? other : best).widths();
        for (double[] series : scaled) {
            moments.add(series, first, length - lookback - horizon + 1 - first);
        }
        Ridge ridge = Ridge.fit(moments, anchored);
        String method = "ridge on its last " + lookback + " values" + (anchored ? ", relative to the last" : "");
        List<Forecast> forecasts = new ArrayList<>();
        for (int channel = 0; channel < scaled.size(); channel++) {
            forecasts.add(Forecast.of(
                    ridge.predict(scaled.get(channel), length, horizon),
                    widths[channel],
                    scales.get(channel),
                    method,
                    Conformal.COVERAGE,
                    Optional.empty()));
        }
        return Optional.of(forecasts);
    }
}
