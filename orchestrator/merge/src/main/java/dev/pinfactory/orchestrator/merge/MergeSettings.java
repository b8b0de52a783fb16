package dev.pinfactory.orchestrator.merge;

/**
 * How disagreement and doubt are treated.
 *
 * @param minMargin by how much the best of several candidates has to lead, as a share of all weight, to be used
 * @param minFieldConfidence a leaf below it asks for review
 */
public record MergeSettings(double minMargin, double minFieldConfidence) {
    public MergeSettings {
        if (!(minMargin >= 0 && minMargin <= 1 && minFieldConfidence >= 0 && minFieldConfidence <= 1)) {
            throw new IllegalArgumentException("minMargin and minFieldConfidence are from 0 to 1");
        }
    }

    public static MergeSettings defaults() {
        return new MergeSettings(0.2, 0.5);
    }
}
