package dev.pinfactory.specialists.learning;

import java.io.IOException;

/**
 * Turns decision values into probabilities: softmax of the values divided by one temperature, which is the one that makes the true labels of
 * held-back texts most likely (Guo et al. 2017, On Calibration of Modern Neural Networks). The order of labels stays.
 */
public record TemperatureScaling(double temperature) {
    private static final double LOWEST = 1e-3;
    private static final double HIGHEST = 1e3;

    public TemperatureScaling {
        if (!(temperature >= LOWEST && temperature <= HIGHEST)) {
            throw new IllegalArgumentException("temperature is " + temperature);
        }
    }

    /**
     * @param scores decision values of each text; from a model that has not seen these texts
     * @param truth index of each text's label
     */
    public static TemperatureScaling fit(double[][] scores, int[] truth) {
        if (scores.length != truth.length || scores.length == 0) {
            throw new IllegalArgumentException(scores.length + " rows of scores and " + truth.length + " labels");
        }
        // The loss has one minimum in the logarithm of the temperature: golden section search.
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = StrictMath.log(LOWEST);
        double high = StrictMath.log(HIGHEST);
        double left = high - ratio * (high - low);
        double right = low + ratio * (high - low);
        double leftLoss = loss(scores, truth, left);
        double rightLoss = loss(scores, truth, right);
        while (high - low > 1e-5) {
            if (leftLoss < rightLoss) {
                high = right;
                right = left;
                rightLoss = leftLoss;
                left = high - ratio * (high - low);
                leftLoss = loss(scores, truth, left);
            } else {
                low = left;
                left = right;
                leftLoss = rightLoss;
                right = low + ratio * (high - low);
                rightLoss = loss(scores, truth, right);
            }
        }
        return new TemperatureScaling(StrictMath.exp((low + high) / 2));
    }

    public double[] probabilities(double[] scores) {
        double best = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            best = Math.max(best, score);
        }
        double[] probabilities = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = StrictMath.exp((scores[i] - best) / temperature);
            sum += probabilities[i];
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    public void write(ModelOutput out) throws IOException {
        out.number(temperature);
    }

    public static TemperatureScaling read(ModelInput in) throws IOException {
        return new TemperatureScaling(in.number());
    }

    private static double loss(double[][] scores, int[] truth, double logTemperature) {
        TemperatureScaling scaling =
                new TemperatureScaling(Math.clamp(StrictMath.exp(logTemperature), LOWEST, HIGHEST));
        double loss = 0;
        for (int i = 0; i < scores.length; i++) {
            loss -= StrictMath.log(Math.max(scaling.probabilities(scores[i])[truth[i]], 1e-12));
        }
        return loss / scores.length;
    }
}
