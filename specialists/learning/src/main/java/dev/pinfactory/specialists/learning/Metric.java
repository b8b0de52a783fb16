package dev.pinfactory.specialists.learning;

/**
 * A measured figure and the interval that holds it with 95 % confidence.
 *
 * @param n cases it was measured on
 */
public record Metric(String name, double value, double low, double high, int n) {
    /** Whether another measurement of the same thing is within the interval. */
    public boolean covers(double other) {
        return other >= low && other <= high;
    }

    /** The same figure under another name. */
    public Metric named(String newName) {
        return new Metric(newName, value, low, high, n);
    }

    @Override
    public String toString() {
        return "%s %.4f [%.4f, %.4f], n=%d".formatted(name, value, low, high, n);
    }
}
