package dev.pinfactory.orchestrator.service.dispatch;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What stands between calls and one endpoint: a breaker, a bulkhead, and what is known of how it answers. Thread-safe. */
final class EndpointGuard {
    /** Weight of the last answer in how long answers usually take. */
    private static final double RECENT = 0.1;

    /** An answer may take some times as long as usual before its lack says anything. */
    private static final int MUCH_LONGER = 4;

    private static final long LEAST_SILENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private final String address;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final AtomicLong usualNanos = new AtomicLong();
    private volatile long lastAnswer = System.nanoTime();
    private volatile long openUntil = System.nanoTime();

    /**
     * @param breaker opens when the endpoint fails, so that nobody waits for it
     * @param bulkhead bounds the calls at a time, so that one slow endpoint can't hold more than its share
     */
    EndpointGuard(String address, CircuitBreaker breaker, Bulkhead bulkhead) {
        this.address = address;
        this.breaker = breaker;
        this.bulkhead = bulkhead;
        breaker.getEventPublisher().onStateTransition(this::moved);
    }

    private void moved(CircuitBreakerOnStateTransitionEvent event) {
        if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
            Long millis = breaker.getCircuitBreakerConfig()
                    .getWaitIntervalFunctionInOpenState()
                    .apply(1);
            openUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    String address() {
        return address;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    Bulkhead bulkhead() {
        return bulkhead;
    }

    /** Whether its breaker keeps calls away. One whose time is over does not, but stays open until a call comes: it has to be chosen like any other, or it never closes. */
    boolean open() {
        return breaker.getState() == CircuitBreaker.State.OPEN && System.nanoTime() - openUntil < 0;
    }

    int inFlight() {
        Bulkhead.Metrics metrics = bulkhead.getMetrics();
        return metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls();
    }

    boolean full() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls() == 0;
    }

    /** It has answered a call, with whatever. */
    void answered() {
        lastAnswer = System.nanoTime();
    }

    /** It has done what a call wanted. */
    void succeeded(long nanos) {
        answered();
        usualNanos.updateAndGet(before -> before == 0 ? nanos : before + (long) (RECENT * (nanos - before)));
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    /** It did not do it, and that is its fault. */
    void failed(long nanos, Throwable failure) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
    }

    /** Nobody waits for the answer any more. Who waits less than an answer usually takes can't say that there is none, nor keep others from the endpoint. */
    void givenUp(long nanos, Throwable failure) {
        if (nanos < usualNanos.get()) {
            breaker.releasePermission();
        } else {
            failed(nanos, failure);
        }
    }

    /** How long a call waits until it looks whether others are answered. */
    Duration longWait() {
        return Duration.ofNanos(Math.max(LEAST_SILENCE, MUCH_LONGER * usualNanos.get()));
    }

    /** Whether nobody has been answered since. */
    boolean silentSince(long nanoTime) {
        return lastAnswer - nanoTime < 0;
    }
}
