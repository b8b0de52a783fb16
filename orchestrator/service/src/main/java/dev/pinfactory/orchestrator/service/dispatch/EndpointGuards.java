package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.proto.v1.Endpoint;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A circuit breaker and a bulkhead for each endpoint, and the choice among endpoints. Guards of endpoints that are gone are dropped. */
public final class EndpointGuards {
    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final DispatchSettings settings;

    public EndpointGuards(DispatchSettings settings) {
        this.settings = settings;
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.breakerWindow())
                .minimumNumberOfCalls(settings.breakerMinimum())
                .failureRateThreshold(settings.breakerFailurePercent())
                .waitDurationInOpenState(settings.breakerOpen())
                .permittedNumberOfCallsInHalfOpenState(2)
                // A half-open breaker whose trial calls never end would stay half open for ever.
                .maxWaitDurationInHalfOpenState(settings.breakerOpen())
                .build());
        this.bulkheads = BulkheadRegistry.of(bulkheadConfig(settings.concurrencyPerEndpoint()));
    }

    public CircuitBreakerRegistry breakers() {
        return breakers;
    }

    public BulkheadRegistry bulkheads() {
        return bulkheads;
    }

    /**
     * The guards of these endpoints, the one to call first: closed before open, untried before tried, then the less busy of two by lot, which
     * spreads calls without every orchestrator running to the same endpoint.
     */
    List<EndpointGuard> ordered(List<Endpoint> endpoints, Set<String> tried) {
        List<EndpointGuard> guards = new ArrayList<>();
        endpoints.forEach(endpoint -> guards.add(guard(endpoint)));
        java.util.Collections.shuffle(guards, ThreadLocalRandom.current());
        if (guards.size() > 1 && guards.get(1).inFlight() < guards.get(0).inFlight()) {
            java.util.Collections.swap(guards, 0, 1);
        }
        guards.sort(java.util.Comparator.<EndpointGuard, Boolean>comparing(EndpointGuard::open)
                .thenComparing(guard -> tried.contains(guard.address()))
                .thenComparing(EndpointGuard::full));
        return guards;
    }

    /** Forgets endpoints that no version has any more; without it each restart of a host on another port would leave its guards behind. */
    public void retain(Set<String> addresses) {
        breakers.getAllCircuitBreakers().stream()
                .map(CircuitBreaker::getName)
                .filter(name -> !addresses.contains(name))
                .forEach(breakers::remove);
        bulkheads.getAllBulkheads().stream()
                .map(Bulkhead::getName)
                .filter(name -> !addresses.contains(name))
                .forEach(bulkheads::remove);
    }

    private EndpointGuard guard(Endpoint endpoint) {
        String address = endpoint.getAddress();
        int capacity = endpoint.getCapacity() > 0 ? endpoint.getCapacity() : settings.concurrencyPerEndpoint();
        return new EndpointGuard(
                address, breakers.circuitBreaker(address), bulkheads.bulkhead(address, () -> bulkheadConfig(capacity)));
    }

    private BulkheadConfig bulkheadConfig(int capacity) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(capacity)
                .maxWaitDuration(settings.maxBulkheadWait())
                .build();
    }
}
