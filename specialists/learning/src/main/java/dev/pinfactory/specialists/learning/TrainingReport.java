package dev.pinfactory.specialists.learning;

import java.nio.file.Path;
import java.util.Map;

/**
 * What came of a training.
 *
 * @param model the file written
 * @param digest {@code sha256:…} of the model
 * @param metrics measured on texts held back from training
 */
public record TrainingReport(Path model, String digest, long modelBytes, Map<String, Metric> metrics) {
    public TrainingReport {
        metrics = Map.copyOf(metrics);
    }
}
