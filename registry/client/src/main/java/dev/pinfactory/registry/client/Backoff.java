package dev.pinfactory.registry.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double from the first to the longest, each between half of that and all of it, so that clients do not come back all at once. */
final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    Duration next() {
        long doubled = first.toMillis() << Math.min(failures, MAX_DOUBLINGS);
        // A shift that ran over is negative or small.
        long ceiling = doubled < first.toMillis() ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        failures++;
        return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    }

    void reset() {
        failures = 0;
    }
}
