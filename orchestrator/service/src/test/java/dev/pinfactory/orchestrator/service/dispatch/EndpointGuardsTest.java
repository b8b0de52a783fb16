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
        guards.follow(List.of(ONE, OTHER));
        CircuitBreaker breaker = breaker(guards, ONE);
        breaker.transitionToOpenState();

        guards.follow(List.of(ONE, OTHER));
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);

        Endpoint restarted = endpoint(ONE.getAddress(), "one again");
        // The registry believes in the one before until its lease has run out.
        guards.follow(List.of(ONE, restarted, OTHER));
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);

        breaker.transitionToOpenState();
        guards.follow(List.of(restarted, OTHER));
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void twoProcessesAtAnAddressAreOneChoice() {
        EndpointGuards guards = guards(Duration.ofHours(1));

        assertThat(guards.ordered("a", List.of(ONE, endpoint(ONE.getAddress(), "one again"), OTHER), Set.of()))
                .extracting(EndpointGuard::address)
                .containsExactlyInAnyOrder(ONE.getAddress(), OTHER.getAddress());
    }

    @Test
    void whatIsGoneIsForgotten() {
        EndpointGuards guards = guards(Duration.ofHours(1));
        guards.follow(List.of(ONE, OTHER));
        first(guards);

        guards.follow(List.of(OTHER));

        assertThat(guards.breakers().getAllCircuitBreakers())
                .extracting(CircuitBreaker::getName)
                .containsExactly("a@other:1");
        assertThat(guards.bulkheads().getAllBulkheads()).hasSize(1);
    }

    private static String first(EndpointGuards guards) {
        return guards.ordered("a", List.of(ONE, OTHER), Set.of()).getFirst().address();
    }

    private static CircuitBreaker breaker(EndpointGuards guards, Endpoint endpoint) {
        first(guards);
        CircuitBreakerRegistry breakers = guards.breakers();
        return breakers.find("a@" + endpoint.getAddress()).orElseThrow();
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
