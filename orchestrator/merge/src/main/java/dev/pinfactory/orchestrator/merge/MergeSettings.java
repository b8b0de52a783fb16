package dev.pinfactory.orchestrator.merge;

/**
 * How disagreement and doubt are treated.
 *
 * @param minMargin by how much the best of several candidates has to lead, as a share of all weight, to be used
 * @param minFieldConfidence a leaf below it asks for review
 * @param maxOutputBytes of the output; what does not fit is missing
 */
public record MergeSettings(double minMargin, double minFieldConfidence, long maxOutputBytes) {
    /** Half of what a message carries; the other half is for where everything comes from. */
    private static final long DEFAULT_MAX_OUTPUT_BYTES = 8L << 20;

    public MergeSettings {
        if (!(minMargin >= 0 && minMargin <= 1 && minFieldConfidence >= 0 && minFieldConfidence <= 1)) {
            throw new IllegalArgumentException("minMargin and minFieldConfidence are from 0 to 1");
        }
    }

    public static MergeSettings defaults() {
        return new MergeSettings(0.2, 0.5, DEFAULT_MAX_OUTPUT_BYTES);
    }

    public MergeSettings withMinFieldConfidence(double floor) {
        return new MergeSettings(minMargin, floor, maxOutputBytes);
    }
}
