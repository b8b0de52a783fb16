package dev.pinfactory.specialists.learning.evaluation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the items are.
 *
 * @param file in the data set's format, {@code .gz} or plain
 * @param history rows from before those of the file, for specialists that look back
 */
public record EvaluationData(Path file, Optional<Path> history) {
    public static EvaluationData of(Path file) {
        return new EvaluationData(file, Optional.empty());
    }
}
