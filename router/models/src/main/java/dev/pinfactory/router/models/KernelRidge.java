package dev.pinfactory.router.models;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Kernel ridge regression for many targets at once, with its exact leave-one-out predictions for free: y - c / diag((K + lambda I)^-1) (Rifkin and Lippert
 * 2007, "Notes on Regularized Least Squares"); those of a group that is left out as a whole cost one solution of the group's size.
 *
 * @param coefficients one row for each training example, one column for each target
 * @param leaveOneOut what each example's targets would have been predicted as without it
 * @param leaveGroupOut for each group what its members' targets would have been predicted as without all of them, in the members' order
 */
record KernelRidge(float[][] coefficients, float[][] leaveOneOut, List<float[][]> leaveGroupOut) {

    /**
     * Fits all targets.
     *
     * @param kernel symmetric, n by n
     * @param targets n rows
     * @param lambda ridge, added to the diagonal
     * @param groups indexes of examples that are left out together
     */
    static KernelRidge fit(float[][] kernel, float[][] targets, double lambda, List<int[]> groups) {
        int n = kernel.length;
        int outputs = targets[0].length;
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                // The mean of both halves: sums of floats in another order differ in the last bit.
                matrix.set(i, j, (kernel[i][j] + kernel[j][i]) / 2.0 + (i == j ? lambda : 0));
            }
        }
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        if (!CommonOps_DDRM.invertSPD(matrix, inverse)) {
            throw new IllegalArgumentException("the kernel is not positive definite; a larger lambda helps");
        }
        float[][] coefficients = new float[n][outputs];
        float[][] leaveOneOut = new float[n][outputs];
        double[] sums = new double[outputs];
        for (int i = 0; i < n; i++) {
            Arrays.fill(sums, 0);
            for (int j = 0; j < n; j++) {
                double weight = inverse.get(i, j);
                for (int output = 0; output < outputs; output++) {
                    if (targets[j][output] != 0) {
                        sums[output] += weight * targets[j][output];
                    }
                }
            }
            double own = inverse.get(i, i);
            for (int output = 0; output < outputs; output++) {
                coefficients[i][output] = (float) sums[output];
                leaveOneOut[i][output] = (float) (targets[i][output] - sums[output] / own);
            }
        }
        List<float[][]> leaveGroupOut = groups.stream()
                .map(group -> leaveOut(group, inverse, coefficients, targets))
                .toList();
        return new KernelRidge(coefficients, leaveOneOut, leaveGroupOut);
    }

    /** y_S - ((K + lambda I)^-1_SS)^-1 c_S: the same identity for a block S. */
    private static float[][] leaveOut(int[] group, DMatrixRMaj inverse, float[][] coefficients, float[][] targets) {
        int outputs = targets[0].length;
        DMatrixRMaj block = new DMatrixRMaj(group.length, group.length);
        DMatrixRMaj right = new DMatrixRMaj(group.length, outputs);
        for (int i = 0; i < group.length; i++) {
            for (int j = 0; j < group.length; j++) {
                block.set(i, j, inverse.get(group[i], group[j]));
            }
            for (int output = 0; output < outputs; output++) {
                right.set(i, output, coefficients[group[i]][output]);
            }
        }
        DMatrixRMaj residuals = new DMatrixRMaj(group.length, outputs);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(group.length);
        if (!solver.setA(block)) {
            throw new IllegalArgumentException("the kernel is not positive definite; a larger lambda helps");
        }
        solver.solve(right, residuals);
        float[][] predicted = new float[group.length][outputs];
        for (int i = 0; i < group.length; i++) {
            for (int output = 0; output < outputs; output++) {
                predicted[i][output] = (float) (targets[group[i]][output] - residuals.get(i, output));
            }
        }
        return predicted;
    }

    /** Predicts from the similarities of a new request to the training examples. */
    static float[] predict(float[][] coefficients, float[] similarities) {
        float[] sums = new float[coefficients[0].length];
        for (int i = 0; i < similarities.length; i++) {
            float similarity = similarities[i];
            if (similarity != 0) {
                float[] row = coefficients[i];
                for (int output = 0; output < sums.length; output++) {
                    sums[output] += similarity * row[output];
                }
            }
        }
        return sums;
    }
}
