package dev.pinfactory.orchestrator.service.dispatch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.pinfactory.proto.v1.Endpoint;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A bulkhead for each specialist at each endpoint, a circuit breaker for each of its versions there, and the choice among endpoints. One host serves many
 * specialists, often in several versions, and one of them that fails must not keep callers from the others. Guards of what is gone are dropped.
 */
public final class EndpointGuards {
    /** In no id of a specialist. */
    private static final char SEPARATOR = '@';

    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final DispatchSettings settings;
    private final Map<String, EndpointGuard> guards = new ConcurrentHashMap<>();
    /** Processes by their address, as last heard. */
    private Map<String, Set<String>> instances = Map.of();

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
     * The guards of a version's endpoints, the one to call first: closed before open, untried before tried, then the less busy of two by lot, which
     * spreads calls without every orchestrator running to the same endpoint.
     */
    List<EndpointGuard> ordered(String specialist, String version, List<Endpoint> endpoints, Set<String> tried) {
        // After a restart there may be two processes at one address, of which one is only believed in.
        Set<EndpointGuard> distinct = new LinkedHashSet<>();
        endpoints.forEach(endpoint -> distinct.add(guard(specialist, version, endpoint)));
        List<EndpointGuard> choice = new ArrayList<>(distinct);
        Collections.shuffle(choice, ThreadLocalRandom.current());
        if (choice.size() > 1 && choice.get(1).inFlight() < choice.get(0).inFlight()) {
            Collections.swap(choice, 0, 1);
        }
        choice.sort(Comparator.<EndpointGuard, Boolean>comparing(EndpointGuard::open)
                .thenComparing(guard -> tried.contains(guard.address()))
                .thenComparing(EndpointGuard::full));
        return choice;
    }

    /**
     * What is served from now on. Forgets what is gone; without it each new version, and each restart of a host on another port, would leave its guards behind. Where a
     * new process is at an address, its breakers close: what they know is of the process before.
     */
    public synchronized void follow(Collection<ServedVersion> served) {
        Map<String, Set<String>> now = served.stream()
                .map(ServedVersion::endpoint)
                .collect(groupingBy(Endpoint::getAddress, mapping(Endpoint::getInstance, toUnmodifiableSet())));
        Set<String> restarted = now.entrySet().stream()
                .filter(entry -> isOther(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
        instances = Map.copyOf(now);
        breakers.getAllCircuitBreakers().stream()
                .filter(breaker -> isAt(restarted, breaker.getName()))
                .forEach(CircuitBreaker::reset);
        forgetAllBut(served);
    }

    private boolean isOther(String address, Set<String> now) {
        Set<String> before = instances.get(address);
        return before != null && !before.containsAll(now);
    }

    private void forgetAllBut(Collection<ServedVersion> served) {
        Set<String> versions = served.stream()
                .map(one -> name(one.specialist(), one.version(), one.endpoint().getAddress()))
                .collect(toUnmodifiableSet());
        Set<String> places = served.stream()
                .map(one -> name(one.specialist(), one.endpoint().getAddress()))
                .collect(toUnmodifiableSet());
        guards.keySet().retainAll(versions);
        breakers.getAllCircuitBreakers().stream()
                .map(CircuitBreaker::getName)
                .filter(name -> !versions.contains(name))
                .forEach(breakers::remove);
        bulkheads.getAllBulkheads().stream()
                .map(Bulkhead::getName)
                .filter(name -> !places.contains(name))
                .forEach(bulkheads::remove);
    }

    private static String name(String specialist, String address) {
        return specialist + SEPARATOR + address;
    }

    private static String name(String specialist, String version, String address) {
        return name(specialist + ' ' + version, address);
    }

    private static boolean isAt(Set<String> addresses, String name) {
        return addresses.contains(name.substring(name.indexOf(SEPARATOR) + 1));
    }

    private EndpointGuard guard(String specialist, String version, Endpoint endpoint) {
        int capacity = endpoint.getCapacity() > 0 ? endpoint.getCapacity() : settings.concurrencyPerEndpoint();
        String address = endpoint.getAddress();
        return guards.computeIfAbsent(
                name(specialist, version, address),
                name -> new EndpointGuard(
                        address,
                        breakers.circuitBreaker(name),
                        bulkheads.bulkhead(name(specialist, address), () -> bulkheadConfig(capacity))));
    }

    private BulkheadConfig bulkheadConfig(int capacity) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(capacity)
                .maxWaitDuration(settings.maxBulkheadWait())
                .build();
    }
}
