package dev.pinfactory.specialists.forecast;

/** Mean and standard deviation of a channel: channels that share weights are brought to one scale by them. */
record Scale(double mean, double deviation) {
    private static final double LEAST = 1e-9;

    Scale {
        if (!Double.isFinite(mean) || !(deviation > 0) || !Double.isFinite(deviation)) {
            throw new IllegalArgumentException("a scale of mean " + mean + " and deviation " + deviation);
        }
    }

    /** Of the first values. A channel that does not vary there gets the deviation 1. */
    static Scale of(double[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        double mean = sum / count;
        double square = 0;
        for (int i = 0; i < count; i++) {
            square += (values[i] - mean) * (values[i] - mean);
        }
        double deviation = Math.sqrt(square / count);
        return new Scale(mean, deviation > LEAST * Math.max(1, Math.abs(mean)) ? deviation : 1);
    }

    double[] apply(double[] values) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = apply(values[i]);
        }
        return scaled;
    }

    double apply(double value) {
        return (value - mean) / deviation;
    }

    double back(double scaled) {
        return mean + scaled * deviation;
    }
}
