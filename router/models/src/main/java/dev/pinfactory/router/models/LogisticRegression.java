package dev.pinfactory.router.models;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A logistic regression over standardised features.
 *
 * @param means of the features
 * @param deviations of the features, never zero
 * @param weights one for each feature, then the bias
 */
record LogisticRegression(double[] means, double[] deviations, double[] weights) {

    double logit(float[] features) {
        double sum = weights[means.length];
        for (int i = 0; i < means.length; i++) {
            sum += weights[i] * (features[i] - means[i]) / deviations[i];
        }
        return sum;
    }

    static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(means.length);
        for (int i = 0; i < means.length; i++) {
            out.writeFloat((float) means[i]);
            out.writeFloat((float) deviations[i]);
            out.writeFloat((float) weights[i]);
        }
        out.writeFloat((float) weights[means.length]);
    }

    static LogisticRegression read(DataInputStream in) throws IOException {
        int n = in.readInt();
        double[] means = new double[n];
        double[] deviations = new double[n];
        double[] weights = new double[n + 1];
        for (int i = 0; i < n; i++) {
            means[i] = in.readFloat();
            deviations[i] = in.readFloat();
            weights[i] = in.readFloat();
        }
        weights[n] = in.readFloat();
        return new LogisticRegression(means, deviations, weights);
    }
}
