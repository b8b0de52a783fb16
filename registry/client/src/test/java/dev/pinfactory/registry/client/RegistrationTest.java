package dev.pinfactory.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.RegisterRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration THIRD = Duration.ofSeconds(10);

    private final Channels channels = new Channels();
    private final ManualTimer timer = new ManualTimer();
    private final List<RegistrationState> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeChannels() {
        channels.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void renewsAtAThirdOfTheLeaseAndTakesItselfBack(boolean inProcess) throws Exception {
        try (TestingRegistry registry = inProcess ? TestingRegistry.inProcess() : TestingRegistry.onASocket()) {
            Registration registration = start(registry.address());
            assertThat(registration.awaitRegistered(SOON)).isTrue();
            RegisterRequest request = TestingRegistry.next(registry.registered);
            assertThat(request.getEndpoint().getAddress()).isEqualTo("inprocess:host");
            String lease = leaseOf(registration);

            timer.advance(THIRD.minusMillis(1));
            assertThat(registry.renewed).isEmpty();
            timer.advance(Duration.ofMillis(1));
            assertThat(TestingRegistry.next(registry.renewed)).isEqualTo(lease);
            assertThat(moveUntil(registry.renewed)).isEqualTo(lease);

            registration.close();
            assertThat(TestingRegistry.next(registry.deregistered)).isEqualTo(lease);
            assertThat(registration.state()).isInstanceOf(RegistrationState.Closed.class);
            assertThat(registry.registered).isEmpty();
        }
    }

    @Test
    void registersAgainWhenTheRegistryHasForgottenIt() throws Exception {
        try (TestingRegistry registry = TestingRegistry.inProcess();
                Registration registration = start(registry.address())) {
            assertThat(registration.awaitRegistered(SOON)).isTrue();
            TestingRegistry.next(registry.registered);
            String before = leaseOf(registration);

            registry.noRenewal = Status.NOT_FOUND;
            timer.advance(THIRD);

            TestingRegistry.next(registry.registered);
            assertThat(registration.awaitRegistered(SOON)).isTrue();
            assertThat(leaseOf(registration)).isNotEqualTo(before);
        }
    }

    @Test
    void keepsItsLeaseWhileTheRegistryDoesNotAnswer() throws Exception {
        try (TestingRegistry registry = TestingRegistry.inProcess();
                Registration registration = start(registry.address())) {
            assertThat(registration.awaitRegistered(SOON)).isTrue();
            TestingRegistry.next(registry.registered);
            String lease = leaseOf(registration);

            registry.noRenewal = Status.UNAVAILABLE;
            timer.advance(THIRD);
            assertThat(TestingRegistry.next(registry.renewed)).isEqualTo(lease);
            assertThat(moveUntil(registry.renewed)).isEqualTo(lease);
            registry.noRenewal = null;
            assertThat(moveUntil(registry.renewed)).isEqualTo(lease);

            assertThat(registry.registered).isEmpty();
            assertThat(leaseOf(registration)).isEqualTo(lease);
        }
    }

    @Test
    void waitsForARegistryThatComesLater() throws Exception {
        String name = TestingRegistry.newName();
        try (Registration registration = start("inprocess:" + name)) {
            assertThat(registration.awaitRegistered(Duration.ofMillis(1))).isFalse();
            try (TestingRegistry registry = TestingRegistry.named(name)) {
                moveUntil(registry.registered);
                assertThat(registration.awaitRegistered(SOON)).isTrue();
            }
        }
    }

    @Test
    void aRefusalIsToldWithItsReasonAndTriedAgain() throws Exception {
        try (TestingRegistry registry = TestingRegistry.inProcess()) {
            registry.refusal = Status.ALREADY_EXISTS.withDescription("published with another model");
            try (Registration registration = start(registry.address())) {
                assertThat(registration.awaitRegistered(SOON)).isFalse();
                assertThat(registration.state())
                        .isEqualTo(new RegistrationState.Refused(
                                Status.Code.ALREADY_EXISTS, "published with another model"));
                TestingRegistry.next(registry.registered);

                registry.refusal = null;
                moveUntil(registry.registered);
                // The answer follows the call, on another thread.
                long until = System.nanoTime() + SOON.toNanos();
                while (!registration.awaitRegistered(SOON) && System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                assertThat(registration.state()).isInstanceOf(RegistrationState.Registered.class);
            }
            assertThat(states)
                    .hasExactlyElementsOfTypes(
                            RegistrationState.Refused.class,
                            RegistrationState.Registered.class,
                            RegistrationState.Closed.class);
        }
    }

    @Test
    void otherCardsReplaceTheFormer() throws Exception {
        try (TestingRegistry registry = TestingRegistry.inProcess();
                Registration registration = start(registry.address())) {
            assertThat(registration.awaitRegistered(SOON)).isTrue();
            TestingRegistry.next(registry.registered);

            registration.replaceCards(List.of(card("mood"), card("tone")));

            RegisterRequest request = TestingRegistry.next(registry.registered);
            assertThat(request.getCardsList()).containsExactly(card("mood"), card("tone"));
            assertThat(request.getEndpoint().getInstance()).isEqualTo("host-1");
        }
    }

    private Registration start(String address) {
        Endpoint endpoint = Endpoint.newBuilder()
                .setAddress("inprocess:host")
                .setInstance("host-1")
                .build();
        return Registration.start(
                channels,
                address,
                List.of(card("mood")),
                endpoint,
                Duration.ofSeconds(30),
                states::add,
                timer,
                new Random(5));
    }

    private static Card card(String id) {
        return Card.newBuilder().setContract(Contract.newBuilder().setId(id)).build();
    }

    private static String leaseOf(Registration registration) {
        return ((RegistrationState.Registered) registration.state()).leaseId();
    }

    /** Answers come on other threads, so time is moved until the next call has come. */
    private <T> T moveUntil(BlockingQueue<T> calls) throws InterruptedException {
        long until = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < until) {
            T call = calls.poll(20, TimeUnit.MILLISECONDS);
            if (call != null) {
                return call;
            }
            timer.advance(Duration.ofSeconds(1));
        }
        throw new AssertionError("no call came");
    }
}
