package dev.pinfactory.specialists.fraud;

import java.util.Arrays;

/** What one card or one terminal did, in order of time, with sums so that any window costs two searches. */
final class Track {
    private int size;
    private double[] times = new double[8];
    private double[] amounts = new double[9];
    private double[] squares = new double[9];
    private int[] known = new int[9];
    private int[] frauds = new int[9];

    /** Times do not decrease. */
    void add(Transaction transaction) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            amounts = Arrays.copyOf(amounts, 2 * size + 1);
            squares = Arrays.copyOf(squares, 2 * size + 1);
            known = Arrays.copyOf(known, 2 * size + 1);
            frauds = Arrays.copyOf(frauds, 2 * size + 1);
        }
        times[size] = transaction.time();
        amounts[size + 1] = amounts[size] + transaction.amount();
        squares[size + 1] = squares[size] + transaction.amount() * transaction.amount();
        known[size + 1] = known[size] + (transaction.fraud().isPresent() ? 1 : 0);
        frauds[size + 1] = frauds[size] + (transaction.fraud().orElse(false) ? 1 : 0);
        size++;
    }

    /** Those from {@code from} on and before {@code to}. */
    Window window(double from, double to) {
        int first = before(from);
        int last = Math.max(first, before(to));
        return new Window(
                last - first,
                amounts[last] - amounts[first],
                squares[last] - squares[first],
                known[last] - known[first],
                frauds[last] - frauds[first]);
    }

    /** Time of the first or the last fraud from {@code from} on and before {@code to}; NaN where there is none. */
    double fraudTime(double from, double to, boolean first) {
        int start = before(from);
        int end = before(to);
        if (end <= start || frauds[end] == frauds[start]) {
            return Double.NaN;
        }
        int wanted = first ? frauds[start] + 1 : frauds[end];
        int at = start;
        while (frauds[at + 1] < wanted) {
            at++;
        }
        return times[at];
    }

    /** How many are earlier. */
    private int before(double time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Counts and sums of a window. */
    record Window(int count, double amount, double square, int known, int frauds) {
        double mean() {
            return count == 0 ? Double.NaN : amount / count;
        }

        double deviation() {
            return count < 3 ? Double.NaN : Math.sqrt(Math.max(0, square / count - mean() * mean()));
        }

        double risk() {
            return known == 0 ? Double.NaN : (double) frauds / known;
        }
    }
}
