package dev.pinfactory.specialists.training.drift;

import java.util.Map;

/**
 * What a monitor sees of one call.
 *
 * @param embedding of the text that the specialist was given, of the same length in all observations; empty where there is no text
 * @param features numbers that it was given, by name; the same names in all observations
 * @param label what it said; empty where it said no label, or would not say
 * @param confidence 0 to 1
 */
public record Observation(float[] embedding, Map<String, Double> features, String label, double confidence) {
    public Observation {
        features = Map.copyOf(features);
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + ", expected 0 to 1");
        }
        for (Map.Entry<String, Double> feature : features.entrySet()) {
            if (!Double.isFinite(feature.getValue())) {
                throw new IllegalArgumentException(
                        "feature '" + feature.getKey() + "' is " + feature.getValue() + ", expected a finite number");
            }
        }
    }
}
