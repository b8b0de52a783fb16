package dev.pinfactory.orchestrator.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EndpointGuardTest {
    private static final long USUAL = TimeUnit.MILLISECONDS.toNanos(300);
    private static final TimeoutException LATE = new TimeoutException();

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "a",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(10)
                    .minimumNumberOfCalls(5)
                    .build());
    private final EndpointGuard guard = new EndpointGuard("a", breaker, Bulkhead.ofDefaults("a"));

    @Test
    void whoWaitsLessThanAnAnswerTakesKeepsNobodyAway() {
        guard.succeeded(USUAL);
        for (int i = 0; i < 20; i++) {
            guard.givenUp(USUAL / 10, LATE);
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void fiveWhoWaitedLongEnoughOpenTheBreaker() {
        for (int i = 0; i < 10; i++) {
            guard.succeeded(USUAL);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(guard.open()).isFalse();
            guard.givenUp(2 * USUAL, LATE);
        }
        assertThat(guard.open()).isTrue();
    }

    @Test
    void anEndpointThatNeverAnsweredIsBlamedByAnybody() {
        for (int i = 0; i < 5; i++) {
            guard.givenUp(1, LATE);
        }
        assertThat(guard.open()).isTrue();
    }

    @Test
    void silenceEndsWithAnyAnswer() {
        long before = System.nanoTime();
        guard.answered();
        assertThat(guard.silentSince(before)).isFalse();
        assertThat(guard.silentSince(System.nanoTime() + 1)).isTrue();
    }

    @Test
    void whatTakesLongIsWaitedForLonger() {
        guard.succeeded(USUAL);
        assertThat(guard.longWait().toNanos()).isEqualTo(4 * USUAL);
    }
}
