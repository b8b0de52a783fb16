package dev.pinfactory.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsDoubleUpToTheLongestAndDifferBetweenClients() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1));
        long ceiling = 100;
        for (int failure = 0; failure < 100; failure++) {
            assertThat(backoff.next().toMillis()).isBetween(ceiling / 2, ceiling);
            ceiling = Math.min(10_000, ceiling * 2);
        }
        backoff.reset();
        assertThat(backoff.next().toMillis()).isBetween(50L, 100L);

        Backoff other = new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(10), new Random(2));
        assertThat(other.next()).isNotEqualTo(other.next());
    }
}
