package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.proto.v1.Endpoint;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A circuit breaker and a bulkhead for each specialist at each endpoint, and the choice among endpoints. One host serves many specialists, and one of them that
 * fails must not keep callers from the others. Guards of endpoints that are gone are dropped.
 */
public final class EndpointGuards {
    /** In no id of a specialist. */
    private static final char SEPARATOR = '@';

    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final DispatchSettings settings;
    private final Map<String, EndpointGuard> guards = new ConcurrentHashMap<>();

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
     * The guards of a specialist's endpoints, the one to call first: closed before open, untried before tried, then the less busy of two by lot, which
     * spreads calls without every orchestrator running to the same endpoint.
     */
    List<EndpointGuard> ordered(String specialist, List<Endpoint> endpoints, Set<String> tried) {
        List<EndpointGuard> choice = new ArrayList<>();
        endpoints.forEach(endpoint -> choice.add(guard(specialist, endpoint)));
        Collections.shuffle(choice, ThreadLocalRandom.current());
        if (choice.size() > 1 && choice.get(1).inFlight() < choice.get(0).inFlight()) {
            Collections.swap(choice, 0, 1);
        }
        choice.sort(Comparator.<EndpointGuard, Boolean>comparing(EndpointGuard::open)
                .thenComparing(guard -> tried.contains(guard.address()))
                .thenComparing(EndpointGuard::full));
        return choice;
    }

    /** Forgets endpoints that no version has any more; without it each restart of a host on another port would leave its guards behind. */
    public void retain(Set<String> addresses) {
        guards.keySet().removeIf(name -> !isAt(addresses, name));
        breakers.getAllCircuitBreakers().stream()
                .map(CircuitBreaker::getName)
                .filter(name -> !isAt(addresses, name))
                .forEach(breakers::remove);
        bulkheads.getAllBulkheads().stream()
                .map(Bulkhead::getName)
                .filter(name -> !isAt(addresses, name))
                .forEach(bulkheads::remove);
    }

    private static String name(String specialist, String address) {
        return specialist + SEPARATOR + address;
    }

    private static boolean isAt(Set<String> addresses, String name) {
        return addresses.contains(name.substring(name.indexOf(SEPARATOR) + 1));
    }

    private EndpointGuard guard(String specialist, Endpoint endpoint) {
        int capacity = endpoint.getCapacity() > 0 ? endpoint.getCapacity() : settings.concurrencyPerEndpoint();
        return guards.computeIfAbsent(
                name(specialist, endpoint.getAddress()),
                name -> new EndpointGuard(
                        endpoint.getAddress(),
                        breakers.circuitBreaker(name),
                        bulkheads.bulkhead(name, () -> bulkheadConfig(capacity))));
    }

    private BulkheadConfig bulkheadConfig(int capacity) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(capacity)
                .maxWaitDuration(settings.maxBulkheadWait())
                .build();
    }
}
