package dev.pinfactory.specialists.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void theFirstCallsDoNotCount() {
        long[] slowAtFirst = LongStream.rangeClosed(1, 400)
                .map(call -> call <= 100 ? 500_000_000 : (call - 100) * 1_000_000)
                .toArray();
        assertThat(Latency.of(slowAtFirst)).isEqualTo(new Latency(150, 297));
    }

    @Test
    void oneCallIsEnough() {
        assertThat(Latency.of(new long[] {2_345_678})).isEqualTo(new Latency(2.35, 2.35));
    }
}
