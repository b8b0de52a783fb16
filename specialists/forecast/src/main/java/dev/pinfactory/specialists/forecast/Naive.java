package dev.pinfactory.specialists.forecast;

import java.util.Optional;

/** Where a series is too short to learn from: the last season again, or its last value, with bounds that widen. */
final class Naive {
    /** What the bounds aim at; on generated series they held more (README). */
    static final double CONFIDENCE = 0.9;

    /** A season has to explain clearly more than the value before does. */
    private static final double CLEARLY = 0.7;

    /** 90 % of a normal distribution, a quarter as wide again, as the spread itself is hardly known. */
    private static final double WIDTH = 1.645 * 1.25;

    private Naive() {}

    static Forecast forecast(double[] series, int horizon) {
        int season = season(series);
        double spread = WIDTH * difference(series, season);
        double[] values = new double[horizon];
        double[] lower = new double[horizon];
        double[] upper = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            values[h] = series[series.length - season + h % season];
            double width = spread * Math.sqrt(1 + h / season);
            lower[h] = values[h] - width;
            upper[h] = values[h] + width;
        }
        String method = season == 1 ? "last value" : "last season of " + season;
        return new Forecast(values, lower, upper, method, CONFIDENCE, Optional.empty());
    }

    /** The lag after which values come back best; 1 where none is clearly better than the value before. */
    private static int season(double[] series) {
        int best = 1;
        double least = CLEARLY * difference(series, 1);
        for (int lag = 2; lag <= series.length / 2; lag++) {
            double difference = difference(series, lag);
            if (difference < least) {
                best = lag;
                least = difference;
            }
        }
        return best;
    }

    /** Root mean square of what changes over a lag. */
    private static double difference(double[] series, int lag) {
        double sum = 0;
        for (int t = lag; t < series.length; t++) {
            sum += (series[t] - series[t - lag]) * (series[t] - series[t - lag]);
        }
        return Math.sqrt(sum / (series.length - lag));
    }
}
