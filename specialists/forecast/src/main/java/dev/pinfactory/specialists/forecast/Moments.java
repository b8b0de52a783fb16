package dev.pinfactory.specialists.forecast;

/**
 * Sums of products over all windows of a series: lookback and horizon side by side. Windows next to each other share all values but two, so each sum follows from
 * the one up and left of it: linear in the series' length times the window's, where the plain product takes the square of the window's.
 */
final class Moments {
    private final int lookback;
    private final int length;
    private final double[][] products;
    private final double[] sums;
    private int windows;

    Moments(int lookback, int horizon) {
        this.lookback = lookback;
        this.length = lookback + horizon;
        this.products = new double[lookback][length];
        this.sums = new double[length];
    }

    /** Adds the windows that start at {@code from} and the {@code count - 1} values after it. */
    void add(double[] series, int from, int count) {
        double[] row = new double[length];
        double sum = 0;
        for (int j = 0; j < length; j++) {
            double product = 0;
            for (int t = from; t < from + count; t++) {
                product += series[t] * series[t + j];
            }
            row[j] = product;
        }
        for (int t = from; t < from + count; t++) {
            sum += series[t];
        }
        for (int j = 0; j < length; j++) {
            sums[j] += sum;
            if (j + 1 < length) {
                sum += series[from + count + j] - series[from + j];
            }
        }
        for (int i = 0; i < lookback; i++) {
            for (int j = i; j < length; j++) {
                products[i][j] += row[j];
            }
            if (i + 1 == lookback) {
                break;
            }
            // The next row from this one: right to left, so that what is needed is still there.
            double leaves = series[from + i];
            double comes = series[from + i + count];
            for (int j = length - 1; j > i; j--) {
                row[j] = row[j - 1] - leaves * series[from + j - 1] + comes * series[from + j - 1 + count];
            }
        }
        windows += count;
    }

    int windows() {
        return windows;
    }

    /** Mean product of two places in a window, one of them in the lookback. */
    double product(int i, int j) {
        return (i <= j ? products[i][j] : products[j][i]) / windows;
    }

    double mean(int j) {
        return sums[j] / windows;
    }

    int lookback() {
        return lookback;
    }

    int horizon() {
        return length - lookback;
    }
}
