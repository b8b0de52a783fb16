package dev.pinfactory.faults.reliability;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.util.OptionalInt;

/** Counts the failures in a row after which the breakers of one specialist open. */
final class BreakerWatch {
    private final String prefix;
    private int inARow;
    private int mostBeforeOpen = -1;

    /** @param prefix of the names of its breakers */
    BreakerWatch(CircuitBreakerRegistry breakers, String prefix) {
        this.prefix = prefix;
        breakers.getAllCircuitBreakers().forEach(this::watch);
        breakers.getEventPublisher().onEntryAdded(added -> watch(added.getAddedEntry()));
    }

    private void watch(CircuitBreaker breaker) {
        if (!breaker.getName().startsWith(prefix)) {
            return;
        }
        breaker.getEventPublisher()
                .onError(error -> failed())
                .onSuccess(success -> succeeded())
                .onStateTransition(this::moved);
    }

    private synchronized void failed() {
        inARow++;
    }

    private synchronized void succeeded() {
        inARow = 0;
    }

    private synchronized void moved(CircuitBreakerOnStateTransitionEvent event) {
        if (event.getStateTransition() == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
            mostBeforeOpen = Math.max(mostBeforeOpen, inARow);
        }
    }

    /** The most failures in a row that it took since the last call; empty when none opened. */
    synchronized OptionalInt failuresBeforeOpen() {
        OptionalInt most = mostBeforeOpen < 0 ? OptionalInt.empty() : OptionalInt.of(mostBeforeOpen);
        mostBeforeOpen = -1;
        return most;
    }
}
