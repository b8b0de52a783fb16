package dev.pinfactory.specialists.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    @Test
    void aSineWithATrendGoesOn() {
        double[] series =
                IntStream.range(0, 648).mapToDouble(ForecasterTest::sine).toArray();
        Forecast forecast = forecast(Arrays.copyOf(series, 600), 48);
        for (int h = 0; h < 48; h++) {
            assertThat(forecast.values()[h]).isCloseTo(series[600 + h], within(0.5));
        }
    }

    @Test
    void aConstantStaysConstant() {
        double[] series = new double[300];
        Arrays.fill(series, 7);
        assertThat(forecast(series, 20).values())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
                .containsOnly(7.0);
    }

    /** A mean over many series: one series' share varies widely, since its forecasts' errors go together. */
    @Test
    void boundsHoldAboutWhatTheySay() {
        assertThat(coverage(600, 24, 150, 0.8)).isBetween(0.86, 0.95);
        assertThat(coverage(200, 12, 300, 0.8)).isBetween(0.86, 0.95);
    }

    @Test
    void boundsOfShortSeriesHoldAtLeastTheirConfidence() {
        assertThat(coverage(20, 8, 300, 0.8)).isGreaterThan(Naive.CONFIDENCE);
        assertThat(coverage(40, 8, 300, 0.8)).isGreaterThan(Naive.CONFIDENCE);
        assertThat(coverage(40, 8, 300, 1)).isGreaterThan(Naive.CONFIDENCE);
    }

    @Test
    void aLearntModelKnowsItsChannelsAgainFromItsBytes() throws IOException {
        Ridge ridge = new Ridge(false, new float[][] {{0.5f, 0.5f}, {0, 1}}, new float[] {0, 1});
        ForecastModel model = new ForecastModel(Optional.of(
                new ForecastModel.Learnt(ridge, List.of("a"), List.of(new Scale(10, 2)), new float[][] {{1, 2}})));
        ForecastModel.Learnt read = ForecastModel.read(new ByteArrayInputStream(model.bytes()))
                .learnt()
                .orElseThrow();
        Forecast forecast =
                read.forecast(List.of(channel("a")), 2).orElseThrow().getFirst();
        assertThat(forecast.values()).containsExactly(13, 16);
        assertThat(forecast.lower()).containsExactly(11, 12);
        assertThat(read.forecast(List.of(channel("b")), 2)).isEmpty();
        assertThat(read.forecast(List.of(channel("a")), 3)).isEmpty();
    }

    private static Channel channel(String name) {
        return new Channel(name, new double[] {0, 12, 14}, Optional.empty(), 0);
    }

    /** Share of values within the bounds: a season, a level that moves, and noise. */
    private static double coverage(int length, int horizon, int runs, double stays) {
        Random random = new Random(42);
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            double[] series = new double[length + horizon];
            double level = 0;
            for (int t = 0; t < series.length; t++) {
                level = stays * level + random.nextGaussian();
                series[t] = level + 3 * Math.sin(2 * Math.PI * t / 12) + random.nextGaussian();
            }
            Forecast forecast = forecast(Arrays.copyOf(series, length), horizon);
            for (int h = 0; h < horizon; h++) {
                double value = series[length + h];
                covered += value >= forecast.lower()[h] && value <= forecast.upper()[h] ? 1 : 0;
            }
        }
        double share = covered / (double) (runs * horizon);
        System.out.printf(
                "%d values, %.1f of the level stays, %d steps: %.3f within the bounds%n",
                length, stays, horizon, share);
        return share;
    }

    private static double sine(int t) {
        return 20 + 0.02 * t + 5 * Math.sin(2 * Math.PI * t / 24);
    }

    private static Forecast forecast(double[] series, int horizon) {
        return Forecaster.forecast(List.of(series), horizon, () -> false)
                .orElseThrow()
                .getFirst();
    }
}
