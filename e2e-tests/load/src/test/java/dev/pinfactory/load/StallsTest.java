package dev.pinfactory.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallsTest {
    @Test
    void aStallIsNoLongerThanTheTimeInWhichItFell() {
        try (Stalls stalls = new Stalls()) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(50)) {
                Thread.onSpinWait();
            }
            long end = System.nanoTime();
            assertThat(stalls.between(begin, end)).isBetween(Duration.ZERO, Duration.ofNanos(end - begin));
            assertThat(stalls.between(begin, begin)).isZero();
        }
    }
}
