package dev.pinfactory.registry.client;

import java.time.Duration;
import java.time.Instant;

/** Time as the clients use it, so that tests move it by hand. */
interface Timer extends AutoCloseable {
    Instant now();

    /** Runs a task once, later, one at a time. */
    Cancellation after(Duration delay, Runnable task);

    @Override
    void close();

    /** Takes a task back that has not run. */
    @FunctionalInterface
    interface Cancellation {
        Cancellation NOTHING = () -> {};

        void cancel();
    }
}
