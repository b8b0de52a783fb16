package dev.pinfactory.registry.service.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.registry.client.LatencyBuckets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void quantilesAreTheEndsOfTheirBuckets() {
        Latencies latencies = new Latencies(List.of(90L, 0L, 9L, 1L));

        assertThat(latencies.quantile(0.5)).contains(LatencyBuckets.upTo(0));
        assertThat(latencies.quantile(0.99)).contains(LatencyBuckets.upTo(2));
        assertThat(latencies.quantile(1)).contains(LatencyBuckets.upTo(3));
        assertThat(Latencies.NONE.quantile(0.99)).isEmpty();
    }

    @Test
    void aboveCountsWhatSurelyTookLonger() {
        Latencies latencies = new Latencies(List.of(5L, 4L, 3L));

        assertThat(latencies.above(LatencyBuckets.upTo(0))).isEqualTo(7);
        assertThat(latencies.above(LatencyBuckets.upTo(0).plusNanos(1))).isEqualTo(3);
        assertThat(latencies.above(Duration.ofHours(1))).isZero();
    }

    @Test
    void sumsAndZerosAtTheEndMakeNoDifference() {
        Latencies one = new Latencies(List.of(1L, 2L, 0L, 0L));

        assertThat(one).isEqualTo(new Latencies(List.of(1L, 2L)));
        assertThat(one.plus(new Latencies(List.of(0L, 0L, 7L)))).isEqualTo(new Latencies(List.of(1L, 2L, 7L)));
        assertThat(one.plus(Latencies.NONE).total()).isEqualTo(3);
        assertThatThrownBy(() -> new Latencies(Collections.nCopies(LatencyBuckets.COUNT + 1, 1L)))
                .hasMessageContaining("81 buckets");
    }
}
