package dev.pinfactory.specialists.sdk;

import java.util.List;

/**
 * What a specialist computes. Called by several threads at once with whatever calls are waiting, never more than {@link #maxBatchSize()};
 * the inputs have been checked against the card already.
 */
@FunctionalInterface
public interface SpecialistModel extends AutoCloseable {
    /** Batches above this gain little for small models and make the first caller wait for the last. */
    int DEFAULT_MAX_BATCH_SIZE = 32;

    /**
     * Answers each item, in order. A model that takes longer than a few milliseconds an item asks {@link Inference#cancelled()} between items
     * (and inside long ones) and may return anything for those that are.
     */
    List<InferenceResult> infer(List<Inference> batch);

    /** The most items that one call of {@link #infer} may get; 1 for a model that gains nothing from batches. */
    default int maxBatchSize() {
        return DEFAULT_MAX_BATCH_SIZE;
    }

    /** Called when the last call of a replaced version has ended, and at the end of the process. */
    @Override
    default void close() {}
}
