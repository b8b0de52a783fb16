package dev.pinfactory.specialists.sdk.serving;

/**
 * How calls of one version wait and run.
 *
 * @param queueCapacity calls that may wait; the next one is refused as SPECIALIST_OVERLOADED
 * @param workers batches that run at a time
 * @param maxBatchSize the most items in a batch; the model's own limit holds where it is lower
 */
public record ServingSettings(int queueCapacity, int workers, int maxBatchSize) {
    public ServingSettings {
        requirePositive("queueCapacity", queueCapacity);
        requirePositive("workers", workers);
        requirePositive("maxBatchSize", maxBatchSize);
    }

    /** One batch for each processor, and a queue that a small model works off in well under a second. */
    public static ServingSettings defaults() {
        return new ServingSettings(256, Runtime.getRuntime().availableProcessors(), 32);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least 1");
        }
    }
}
