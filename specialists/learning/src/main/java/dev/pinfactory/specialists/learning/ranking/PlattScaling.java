package dev.pinfactory.specialists.learning.ranking;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;

/** Turns a model's own probability into the share of such answers that were right: a sigmoid over its log-odds (Platt 1999). */
public record PlattScaling(double slope, double offset) {
    /** Leaves probabilities as they are. */
    public static final PlattScaling NONE = new PlattScaling(1, 0);

    /** With few cases the answer stays near the model's own: the pull of as many cases towards slope 1 and offset 0. */
    private static final double PRIOR = 2;

    private static final int STEPS = 50;

    /**
     * Newton's method on the log-likelihood.
     *
     * @param probabilities of answers to cases that the model has not learned from
     * @param right whether each was right
     */
    public static PlattScaling fit(double[] probabilities, boolean[] right) {
        double slope = 1;
        double offset = 0;
        for (int step = 0; step < STEPS; step++) {
            double slopeGradient = -PRIOR * (slope - 1);
            double offsetGradient = -PRIOR * offset;
            double slopeCurve = PRIOR;
            double mixedCurve = 0;
            double offsetCurve = PRIOR;
            for (int i = 0; i < probabilities.length; i++) {
                double x = logOdds(probabilities[i]);
                double p = sigmoid(slope * x + offset);
                double error = (right[i] ? 1 : 0) - p;
                slopeGradient += error * x;
                offsetGradient += error;
                slopeCurve += p * (1 - p) * x * x;
                mixedCurve += p * (1 - p) * x;
                offsetCurve += p * (1 - p);
            }
            double determinant = slopeCurve * offsetCurve - mixedCurve * mixedCurve;
            double slopeStep = (offsetCurve * slopeGradient - mixedCurve * offsetGradient) / determinant;
            double offsetStep = (slopeCurve * offsetGradient - mixedCurve * slopeGradient) / determinant;
            // A whole step overshoots where the sigmoid is flat, and would never come back.
            double before = likelihood(probabilities, right, slope, offset);
            double share = 1;
            while (share > 1e-6
                    && likelihood(probabilities, right, slope + share * slopeStep, offset + share * offsetStep)
                            < before) {
                share /= 2;
            }
            slope += share * slopeStep;
            offset += share * offsetStep;
        }
        return new PlattScaling(Math.clamp(slope, 0.05, 5), Math.clamp(offset, -5, 5));
    }

    private static double likelihood(double[] probabilities, boolean[] right, double slope, double offset) {
        double likelihood = -PRIOR / 2 * ((slope - 1) * (slope - 1) + offset * offset);
        for (int i = 0; i < probabilities.length; i++) {
            double x = slope * logOdds(probabilities[i]) + offset;
            likelihood -= StrictMath.log1p(StrictMath.exp(right[i] ? -x : x));
        }
        return likelihood;
    }

    public double of(double probability) {
        return sigmoid(slope * logOdds(probability) + offset);
    }

    public void write(ModelOutput out) throws IOException {
        out.number(slope);
        out.number(offset);
    }

    public static PlattScaling read(ModelInput in) throws IOException {
        return new PlattScaling(in.number(), in.number());
    }

    private static double logOdds(double probability) {
        double clipped = Math.clamp(probability, 1e-6, 1 - 1e-6);
        return StrictMath.log(clipped / (1 - clipped));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }
}
