package dev.pinfactory.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {
    @Test
    void everyBucketEndsWhereItSays() {
        for (int bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
            Duration longest = LatencyBuckets.upTo(bucket);
            assertThat(LatencyBuckets.of(longest)).isEqualTo(bucket);
            assertThat(LatencyBuckets.of(longest.plusNanos(1)))
                    .isEqualTo(Math.min(bucket + 1, LatencyBuckets.COUNT - 1));
        }
    }

    @Test
    void theFirstAndTheLastHaveTheRest() {
        assertThat(LatencyBuckets.of(Duration.ZERO)).isZero();
        assertThat(LatencyBuckets.of(Duration.ofHours(1))).isEqualTo(LatencyBuckets.COUNT - 1);
        assertThat(LatencyBuckets.upTo(4)).isEqualTo(LatencyBuckets.upTo(0).multipliedBy(2));
    }
}
