package dev.pinfactory.orchestrator.service.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A machine with so many cores, on which each task takes so long alone; those that run share the cores. */
class AdaptiveLimitTest {
    private static final long SHORT = Duration.ofMillis(20).toNanos();
    private static final long LONG = Duration.ofSeconds(20).toNanos();

    private final AdaptiveLimit limit = new AdaptiveLimit(4, 64);
    private final Random random = new Random(42);

    /** As many as may run do, as under overload. */
    private void overload(String kind, long alone, int cores, double spread) {
        for (int i = 0; i < 5_000; i++) {
            int running = limit.current();
            double shared = Math.max(1, running / (double) cores);
            limit.ended(kind, (long) (alone * shared * Math.exp(spread * random.nextGaussian())), running);
        }
    }

    @Test
    void tasksThatShareFewCoresStayFew() {
        overload("read", SHORT, 2, 0.3);
        assertThat(limit.current()).isBetween(4, 12);
    }

    @Test
    void tasksThatWaitForNobodyRunInGreatNumbersHoweverMuchTheyDiffer() {
        overload("ask", LONG, 1_000, 1);
        assertThat(limit.current()).isGreaterThan(48);
    }

    @Test
    void anotherKindOfTaskIsNoReasonToSlowDown() {
        overload("ask", SHORT, 1_000, 0.3);
        overload("wait", LONG, 1_000, 0.3);
        assertThat(limit.current()).isGreaterThan(48);
    }

    @Test
    void aKindThatTakesLongerForGoodIsNoCrowd() {
        overload("ask", SHORT, 1_000, 0.3);
        overload("ask", LONG, 1_000, 0.3);
        assertThat(limit.current()).isGreaterThan(48);
    }

    @Test
    void moreRunAgainOnceThereIsRoom() {
        overload("read", SHORT, 2, 0.3);
        overload("read", SHORT, 1_000, 0.3);
        assertThat(limit.current()).isGreaterThan(48);
    }

    @Test
    void fewRunAgainOnceThereIsNoRoom() {
        overload("read", SHORT, 1_000, 0.3);
        overload("read", SHORT, 2, 0.3);
        assertThat(limit.current()).isLessThan(12);
    }

    @Test
    void aFixedLimitStays() {
        AdaptiveLimit fixed = new AdaptiveLimit(7, 7);
        for (int i = 1; i < 1_000; i++) {
            fixed.ended("read", SHORT * (1 + i % 9), 7);
            assertThat(fixed.current()).isEqualTo(7);
        }
    }
}
