package dev.pinfactory.orchestrator.service.dispatch;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/**
 * What stands between a call and one endpoint.
 *
 * @param breaker opens when the endpoint fails, so that nobody waits for it
 * @param bulkhead bounds the calls at a time, so that one slow endpoint can't hold more than its share
 */
record EndpointGuard(String address, CircuitBreaker breaker, Bulkhead bulkhead) {
    boolean open() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    int inFlight() {
        Bulkhead.Metrics metrics = bulkhead.getMetrics();
        return metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls();
    }

    boolean full() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls() == 0;
    }
}
