package dev.pinfactory.encoder;

/**
 * What an encoder may use.
 *
 * @param threads threads that work on one text; 1 is best for throughput, since texts are encoded side by side
 * @param maxConcurrent texts that are encoded at the same time; further callers wait. It bounds memory and keeps native threads from crowding the machine
 */
public record EncoderSettings(int threads, int maxConcurrent) {
    public EncoderSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
        }
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("maxConcurrent is " + maxConcurrent + ", expected at least 1");
        }
    }

    /** One thread for a text, as many texts at a time as there are processors. */
    public static EncoderSettings defaults() {
        return new EncoderSettings(1, Runtime.getRuntime().availableProcessors());
    }
}
