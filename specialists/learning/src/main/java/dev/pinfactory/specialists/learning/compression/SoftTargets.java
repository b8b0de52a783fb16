package dev.pinfactory.specialists.learning.compression;

import java.util.List;

/**
 * What a student is to say of each text.
 *
 * @param labels in the order of the rows' columns
 * @param rows probabilities, one row for each text
 * @param weights how much each text counts; 1 for most
 */
public record SoftTargets(List<String> labels, float[][] rows, float[] weights) {
    public SoftTargets {
        labels = List.copyOf(labels);
        if (rows.length != weights.length) {
            throw new IllegalArgumentException(rows.length + " rows and " + weights.length + " weights");
        }
    }
}
