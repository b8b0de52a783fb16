package dev.pinfactory.router.models;

import java.util.Arrays;

/** Fits a logistic regression with weighted rows and an L2 penalty by Newton's method (iteratively reweighted least squares). Deterministic. */
final class LogisticTrainer {
    private static final int ITERATIONS = 25;
    private static final double CONVERGED = 1e-8;

    private LogisticTrainer() {}

    static LogisticRegression fit(float[][] rows, double[] labels, double[] rowWeights, double penalty) {
        int features = rows[0].length;
        double[] means = new double[features];
        double[] deviations = new double[features];
        standardise(rows, means, deviations);
        int n = features + 1;
        double[] weights = new double[n];
        double total = Arrays.stream(rowWeights).sum();
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[][] hessian = new double[n][n];
            double[] gradient = new double[n];
            double[] x = new double[n];
            for (int row = 0; row < rows.length; row++) {
                double logit = weights[features];
                for (int i = 0; i < features; i++) {
                    x[i] = (rows[row][i] - means[i]) / deviations[i];
                    logit += weights[i] * x[i];
                }
                x[features] = 1;
                double p = LogisticRegression.sigmoid(logit);
                double error = rowWeights[row] * (p - labels[row]) / total;
                double curvature = rowWeights[row] * Math.max(1e-6, p * (1 - p)) / total;
                for (int i = 0; i < n; i++) {
                    gradient[i] += error * x[i];
                    double scaled = curvature * x[i];
                    for (int j = 0; j <= i; j++) {
                        hessian[i][j] += scaled * x[j];
                    }
                }
            }
            for (int i = 0; i < features; i++) {
                gradient[i] += penalty * weights[i];
                hessian[i][i] += penalty;
            }
            hessian[features][features] += 1e-9;
            double[] step = solve(hessian, gradient);
            double size = 0;
            for (int i = 0; i < n; i++) {
                weights[i] -= step[i];
                size = Math.max(size, Math.abs(step[i]));
            }
            if (size < CONVERGED) {
                break;
            }
        }
        return new LogisticRegression(means, deviations, weights);
    }

    private static void standardise(float[][] rows, double[] means, double[] deviations) {
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            double squares = 0;
            for (float[] row : rows) {
                sum += row[i];
                squares += (double) row[i] * row[i];
            }
            means[i] = sum / rows.length;
            double variance = squares / rows.length - means[i] * means[i];
            deviations[i] = variance < 1e-12 ? 1 : Math.sqrt(variance);
        }
    }

    /** Cholesky; reads the lower triangle. */
    private static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j][j];
            }
        }
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= a[i][k] * x[k];
            }
            x[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= a[k][i] * x[k];
            }
            x[i] /= a[i][i];
        }
        return x;
    }
}
