package dev.pinfactory.specialists.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Split conformal bounds, a half-width for each channel and step: the error that the wanted share of forecasts kept within, on a part that was not learnt from
 * (Stankevičiūtė et al. 2021, "Conformal Time-Series Forecasting", without their correction for all steps at once).
 */
final class Conformal {
    /** Share of values that the bounds are meant to hold, each step by itself. */
    static final double COVERAGE = 0.9;

    private final double[][] widths;
    private final double meanSquare;

    private Conformal(double[][] widths, double meanSquare) {
        this.widths = widths;
        this.meanSquare = meanSquare;
    }

    /** Measures a model's errors in forecasts that begin at the origins given. */
    static Conformal of(Ridge ridge, List<double[]> scaled, int[] origins, int horizon) {
        double[][] widths = new double[scaled.size()][horizon];
        double square = 0;
        for (int channel = 0; channel < widths.length; channel++) {
            double[] series = scaled.get(channel);
            double[][] errors = new double[horizon][origins.length];
            for (int k = 0; k < origins.length; k++) {
                double[] predicted = ridge.predict(series, origins[k], horizon);
                for (int h = 0; h < horizon; h++) {
                    double error = series[origins[k] + h] - predicted[h];
                    errors[h][k] = Math.abs(error);
                    square += error * error;
                }
            }
            for (int h = 0; h < horizon; h++) {
                widths[channel][h] = quantile(errors[h]);
            }
        }
        return new Conformal(widths, square / ((double) widths.length * horizon * origins.length));
    }

    private static double quantile(double[] errors) {
        Arrays.sort(errors);
        int rank = (int) Math.ceil((errors.length + 1) * COVERAGE);
        return errors[Math.min(rank, errors.length) - 1];
    }

    /** In scaled values. */
    double[][] widths() {
        return widths;
    }

    double meanSquare() {
        return meanSquare;
    }
}
