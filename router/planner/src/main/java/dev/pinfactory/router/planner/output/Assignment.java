package dev.pinfactory.router.planner.output;

import java.util.Arrays;

/**
 * Pairs rows with columns so that the gains add up to the most: the Hungarian method with potentials (Kuhn 1955, Munkres 1957), O(rows² × columns).
 * A row may stay alone; that gains nothing.
 */
final class Assignment {
    private Assignment() {}

    /**
     * @param gains by row and column; what is 0 or less is never chosen
     * @return for each row its column, or -1
     */
    static int[] best(double[][] gains) {
        int rows = gains.length;
        int real = rows == 0 ? 0 : gains[0].length;
        // A column of its own for each row that stays alone.
        int columns = real + rows;
        double[] rowPotential = new double[rows + 1];
        double[] columnPotential = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        for (int row = 1; row <= rows; row++) {
            augment(gains, row, real, rowPotential, columnPotential, rowOf);
        }
        int[] chosen = new int[rows];
        Arrays.fill(chosen, -1);
        for (int column = 1; column <= real; column++) {
            int row = rowOf[column];
            if (row > 0 && gains[row - 1][column - 1] > 0) {
                chosen[row - 1] = column - 1;
            }
        }
        return chosen;
    }

    /** The shortest augmenting path from a new row; columns and rows count from 1, 0 is where the path starts. */
    private static void augment(
            double[][] gains, int start, int real, double[] rowPotential, double[] columnPotential, int[] rowOf) {
        int columns = rowOf.length - 1;
        double[] least = new double[columns + 1];
        int[] before = new int[columns + 1];
        boolean[] used = new boolean[columns + 1];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        rowOf[0] = start;
        int column = 0;
        do {
            used[column] = true;
            int row = rowOf[column];
            double step = Double.POSITIVE_INFINITY;
            int next = 0;
            for (int to = 1; to <= columns; to++) {
                if (used[to]) {
                    continue;
                }
                double gain = to <= real ? Math.max(0, gains[row - 1][to - 1]) : 0;
                double cost = -gain - rowPotential[row] - columnPotential[to];
                if (cost < least[to]) {
                    least[to] = cost;
                    before[to] = column;
                }
                if (least[to] < step) {
                    step = least[to];
                    next = to;
                }
            }
            for (int to = 0; to <= columns; to++) {
                if (used[to]) {
                    rowPotential[rowOf[to]] += step;
                    columnPotential[to] -= step;
                } else {
                    least[to] -= step;
                }
            }
            column = next;
        } while (rowOf[column] != 0);
        while (column != 0) {
            rowOf[column] = rowOf[before[column]];
            column = before[column];
        }
    }
}
