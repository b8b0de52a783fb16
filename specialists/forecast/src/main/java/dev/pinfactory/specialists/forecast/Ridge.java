package dev.pinfactory.specialists.forecast;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Each step of the horizon as a weighted sum of the lookback, by ridge regression in closed form.
 *
 * @param anchored whether values are taken relative to the lookback's last one, which follows a level that moves
 * @param weights a row for each step
 * @param intercepts one for each step
 */
record Ridge(boolean anchored, float[][] weights, float[] intercepts) {
    /** Of a mean product of scaled values, whose diagonal is about 1. */
    static final double PENALTY = 0.01;

    int lookback() {
        return weights[0].length;
    }

    int horizon() {
        return weights.length;
    }

    static Ridge fit(Moments moments, boolean anchored) {
        int lookback = moments.lookback();
        int horizon = moments.horizon();
        DMatrixRMaj left = new DMatrixRMaj(lookback + 1, lookback + 1);
        DMatrixRMaj right = new DMatrixRMaj(lookback + 1, horizon);
        for (int i = 0; i < lookback; i++) {
            for (int j = 0; j < lookback; j++) {
                left.set(i, j, product(moments, i, j, anchored) + (i == j ? PENALTY : 0));
            }
            for (int h = 0; h < horizon; h++) {
                right.set(i, h, product(moments, i, lookback + h, anchored));
            }
            left.set(i, lookback, mean(moments, i, anchored));
            left.set(lookback, i, mean(moments, i, anchored));
        }
        left.set(lookback, lookback, 1);
        for (int h = 0; h < horizon; h++) {
            right.set(lookback, h, mean(moments, lookback + h, anchored));
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(lookback + 1);
        DMatrixRMaj solution = new DMatrixRMaj(lookback + 1, horizon);
        if (!solver.setA(left)) {
            throw new IllegalStateException("the products of the windows are not positive definite");
        }
        solver.solve(right, solution);
        float[][] weights = new float[horizon][lookback];
        float[] intercepts = new float[horizon];
        for (int h = 0; h < horizon; h++) {
            for (int i = 0; i < lookback; i++) {
                weights[h][i] = (float) solution.get(i, h);
            }
            intercepts[h] = (float) solution.get(lookback, h);
        }
        return new Ridge(anchored, weights, intercepts);
    }

    private static double product(Moments moments, int i, int j, boolean anchored) {
        int last = moments.lookback() - 1;
        return anchored
                ? moments.product(i, j)
                        - moments.product(last, j)
                        - moments.product(i, last)
                        + moments.product(last, last)
                : moments.product(i, j);
    }

    private static double mean(Moments moments, int j, boolean anchored) {
        return anchored ? moments.mean(j) - moments.mean(moments.lookback() - 1) : moments.mean(j);
    }

    /** The steps after the values that end before {@code end}. */
    double[] predict(double[] series, int end, int steps) {
        double anchor = anchored ? series[end - 1] : 0;
        int start = end - lookback();
        double[] predicted = new double[steps];
        for (int h = 0; h < steps; h++) {
            float[] row = weights[h];
            double sum = intercepts[h];
            for (int i = 0; i < row.length; i++) {
                sum += row[i] * (series[start + i] - anchor);
            }
            predicted[h] = sum + anchor;
        }
        return predicted;
    }

    void write(ModelOutput out) throws IOException {
        out.count(anchored ? 1 : 0);
        out.count(lookback());
        out.count(horizon());
        for (int h = 0; h < horizon(); h++) {
            out.number(intercepts[h]);
            for (float weight : weights[h]) {
                out.number(weight);
            }
        }
    }

    static Ridge read(ModelInput in) throws IOException {
        boolean anchored = in.count(1) == 1;
        int lookback = in.count(Forecaster.LONGEST_LOOKBACK);
        int horizon = in.count(Forecaster.LONGEST_HORIZON);
        if (lookback == 0 || horizon == 0) {
            throw new IOException("the model has no lookback or no horizon");
        }
        float[][] weights = new float[horizon][lookback];
        float[] intercepts = new float[horizon];
        for (int h = 0; h < horizon; h++) {
            intercepts[h] = in.smallNumber();
            for (int i = 0; i < lookback; i++) {
                weights[h][i] = in.smallNumber();
            }
        }
        return new Ridge(anchored, weights, intercepts);
    }
}
