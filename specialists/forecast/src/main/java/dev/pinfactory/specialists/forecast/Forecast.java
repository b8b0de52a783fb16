package dev.pinfactory.specialists.forecast;

import java.util.Optional;

/**
 * What comes next in one channel.
 *
 * @param method that made it, for people
 * @param confidence how often values are expected within the bounds
 * @param learnt the scale that a learnt model brought its channel to; empty where the series itself was learnt from
 */
record Forecast(
        double[] values, double[] lower, double[] upper, String method, double confidence, Optional<Scale> learnt) {

    /** From scaled values and half-widths. */
    static Forecast of(
            double[] scaled, double[] widths, Scale scale, String method, double confidence, Optional<Scale> learnt) {
        double[] values = new double[scaled.length];
        double[] lower = new double[scaled.length];
        double[] upper = new double[scaled.length];
        for (int h = 0; h < values.length; h++) {
            values[h] = scale.back(scaled[h]);
            lower[h] = scale.back(scaled[h] - widths[h]);
            upper[h] = scale.back(scaled[h] + widths[h]);
        }
        return new Forecast(values, lower, upper, method, confidence, learnt);
    }
}
