package dev.pinfactory.orchestrator.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.proto.v1.Endpoint;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EndpointGuardsTest {
    private static final Endpoint ONE = endpoint("one:1", "one");
    private static final Endpoint OTHER = endpoint("other:1", "other");

    @Test
    void anEndpointWhoseBreakerIsOpenComesLast() {
        EndpointGuards guards = guards(Duration.ofHours(1));
        breaker(guards, ONE).transitionToOpenState();

        assertThat(IntStream.range(0, 100).mapToObj(i -> first(guards))).containsOnly(OTHER.getAddress());
    }

    @Test
    void itIsTriedAgainWhenTheTimeHasComeThoughOthersWork() {
        EndpointGuards guards = guards(Duration.ofMillis(1));
        breaker(guards, ONE).transitionToOpenState();

        await().until(() -> first(guards).equals(ONE.getAddress()));
    }

    @Test
    void itIsTriedLaterAgainWhenItHasFailedOnTrial() {
        EndpointGuards guards = guards(Duration.ofHours(1));
        CircuitBreaker breaker = breaker(guards, ONE);
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        breaker.transitionToOpenState();

        assertThat(IntStream.range(0, 100).mapToObj(i -> first(guards))).containsOnly(OTHER.getAddress());
    }

    @Test
    void aNewProcessAtAnAddressIsNotBlamedForTheOneBefore() {
        EndpointGuards guards = guards(Duration.ofHours(1));
        follow(guards, ONE, OTHER);
        CircuitBreaker breaker = breaker(guards, ONE);
        breaker.transitionToOpenState();

        follow(guards, ONE, OTHER);
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);

        Endpoint restarted = endpoint(ONE.getAddress(), "one again");
        // The registry believes in the one before until its lease has run out.
        follow(guards, ONE, restarted, OTHER);
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);

        breaker.transitionToOpenState();
        follow(guards, restarted, OTHER);
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void twoProcessesAtAnAddressAreOneChoice() {
        EndpointGuards guards = guards(Duration.ofHours(1));

        assertThat(guards.ordered("a", "1.0.0", List.of(ONE, endpoint(ONE.getAddress(), "one again"), OTHER), Set.of()))
                .extracting(EndpointGuard::address)
                .containsExactlyInAnyOrder(ONE.getAddress(), OTHER.getAddress());
    }

    @Test
    void whatIsGoneIsForgotten() {
        EndpointGuards guards = guards(Duration.ofHours(1));
        follow(guards, ONE, OTHER);
        first(guards);

        follow(guards, OTHER);

        assertThat(guards.breakers().getAllCircuitBreakers())
                .extracting(CircuitBreaker::getName)
                .containsExactly("a 1.0.0@other:1");
        assertThat(guards.bulkheads().getAllBulkheads()).hasSize(1);
    }

    @Test
    void aVersionThatFailsKeepsNobodyFromAnotherAtTheSameEndpoint() {
        EndpointGuards guards = guards(Duration.ofHours(1));
        breaker(guards, ONE).transitionToOpenState();

        EndpointGuard tried =
                guards.ordered("a", "2.0.0", List.of(ONE), Set.of()).getFirst();
        EndpointGuard used =
                guards.ordered("a", "1.0.0", List.of(ONE), Set.of()).getFirst();
        assertThat(used.open()).isTrue();
        assertThat(tried.open()).isFalse();
        assertThat(tried.bulkhead()).as("the endpoint takes no more for that").isSameAs(used.bulkhead());
    }

    @Test
    void aVersionThatIsGoneIsForgottenThoughItsHostStays() {
        EndpointGuards guards = guards(Duration.ofHours(1));
        var ignored = guards.ordered("a", "2.0.0", List.of(ONE), Set.of());
        first(guards);

        follow(guards, ONE);

        assertThat(guards.breakers().getAllCircuitBreakers())
                .extracting(CircuitBreaker::getName)
                .containsExactly("a 1.0.0@one:1");
    }

    private static void follow(EndpointGuards guards, Endpoint... endpoints) {
        guards.follow(Stream.of(endpoints)
                .map(endpoint -> new ServedVersion("a", "1.0.0", endpoint))
                .toList());
    }

    private static String first(EndpointGuards guards) {
        return guards.ordered("a", "1.0.0", List.of(ONE, OTHER), Set.of())
                .getFirst()
                .address();
    }

    private static CircuitBreaker breaker(EndpointGuards guards, Endpoint endpoint) {
        first(guards);
        CircuitBreakerRegistry breakers = guards.breakers();
        return breakers.find("a 1.0.0@" + endpoint.getAddress()).orElseThrow();
    }

    private static EndpointGuards guards(Duration breakerOpen) {
        return new EndpointGuards(
                new Binder(new MapConfigurationPropertySource(Map.of("dispatch.breaker-open", breakerOpen.toString())))
                        .bind("dispatch", DispatchSettings.class)
                        .get());
    }

    private static Endpoint endpoint(String address, String instance) {
        return Endpoint.newBuilder().setAddress(address).setInstance(instance).build();
    }
}
