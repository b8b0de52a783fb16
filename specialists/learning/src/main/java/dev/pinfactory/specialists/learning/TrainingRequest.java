package dev.pinfactory.specialists.learning;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a trainer is asked.
 *
 * @param data directory of the training data
 * @param out directory for model and lineage; made if it is not there
 * @param progress gets a line now and then
 */
public record TrainingRequest(Path data, Path out, long seed, Consumer<String> progress) {
    public static final long DEFAULT_SEED = 42;
}
