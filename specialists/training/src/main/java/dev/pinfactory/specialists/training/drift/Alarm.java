package dev.pinfactory.specialists.training.drift;

/**
 * Something is not what it was.
 *
 * @param monitor which one noticed it
 * @param field what has changed, such as "label", "confidence", "text" or the name of a feature
 * @param event how many calls were observed since the monitor began, this one with them
 * @param value of the monitor's statistic
 * @param threshold that it is above
 */
public record Alarm(Monitor monitor, String field, long event, double value, double threshold) {
    public enum Monitor {
        /** Population stability index of labels. */
        LABELS,
        /** Population stability index of confidence. */
        CONFIDENCE,
        /** Distance of the mean embedding. */
        TEXT,
        /** Kolmogorov-Smirnov distance of a number. */
        FEATURES,
        /** ADWIN on what people found wrong. */
        ERRORS,
        /** ADWIN on where a shadow said something else. */
        DISAGREEMENT
    }
}
