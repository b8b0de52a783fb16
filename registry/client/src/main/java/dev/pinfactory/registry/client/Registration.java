package dev.pinfactory.registry.client;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.DeregisterRequest;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.KeepAliveRequest;
import dev.pinfactory.proto.v1.KeepAliveResponse;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegisterResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.RegistryServiceGrpc.RegistryServiceStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps an endpoint registered for its cards: registers, renews the lease at a third of it, registers again when the registry has forgotten it, and
 * takes itself back when closed.
 */
public final class Registration implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Registration.class.getName());
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(5);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
    private static final int RENEWALS_PER_LEASE = 3;
    /** What another try of the same request does not change by itself. */
    private static final Set<Status.Code> REFUSALS = Set.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.ALREADY_EXISTS,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED);

    private final Channels channels;
    private final String registry;
    private final Endpoint endpoint;
    private final Duration lease;
    private final Timer timer;
    private final Backoff backoff;
    private final Consumer<RegistrationState> listener;
    private final Object lock = new Object();

    // Guarded by the lock; a round is one chain of calls, and a newer one makes answers to an older one void.
    private List<Card> cards;
    private RegistrationState state = new RegistrationState.Registering("not tried yet");
    private Timer.Cancellation next = Timer.Cancellation.NOTHING;
    private int round;

    private Registration(
            Channels channels,
            String registry,
            List<Card> cards,
            Endpoint endpoint,
            Duration lease,
            Consumer<RegistrationState> listener,
            Timer timer,
            RandomGenerator random) {
        if (endpoint.getAddress().isEmpty() || endpoint.getInstance().isEmpty()) {
            throw new IllegalArgumentException("endpoint needs an address and an instance");
        }
        this.channels = channels;
        this.registry = registry;
        this.cards = List.copyOf(cards);
        this.endpoint = endpoint;
        this.lease = lease;
        this.listener = listener;
        this.timer = timer;
        this.backoff = new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF, random);
    }

    /** Begins to register; returns without waiting for the registry. The registry may grant another lease than asked for. */
    public static Registration start(
            Channels channels, String registry, List<Card> cards, Endpoint endpoint, Duration lease) {
        return start(channels, registry, cards, endpoint, lease, state -> {});
    }

    /**
     * The same, telling of each new state.
     *
     * @param listener must not wait, nor call this registration
     */
    public static Registration start(
            Channels channels,
            String registry,
            List<Card> cards,
            Endpoint endpoint,
            Duration lease,
            Consumer<RegistrationState> listener) {
        return start(
                channels,
                registry,
                cards,
                endpoint,
                lease,
                listener,
                new ThreadTimer("registration-" + endpoint.getInstance()),
                ThreadLocalRandom.current()::nextLong);
    }

    static Registration start(
            Channels channels,
            String registry,
            List<Card> cards,
            Endpoint endpoint,
            Duration lease,
            Consumer<RegistrationState> listener,
            Timer timer,
            RandomGenerator random) {
        Registration registration =
                new Registration(channels, registry, cards, endpoint, lease, listener, timer, random);
        registration.beginRound();
        return registration;
    }

    public RegistrationState state() {
        synchronized (lock) {
            return state;
        }
    }

    /** Waits until the registry has taken or refused it; true if it is registered. */
    public boolean awaitRegistered(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            while (state instanceof RegistrationState.Registering) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                lock.wait(left);
            }
            return state instanceof RegistrationState.Registered;
        }
    }

    /** Registers other cards in place of the former, such as after a version was reloaded. */
    public void replaceCards(List<Card> newCards) {
        synchronized (lock) {
            cards = List.copyOf(newCards);
        }
        beginRound();
    }

    /** Takes the endpoint back; where the registry can't be reached the lease runs out by itself. */
    @Override
    public void close() {
        RegistrationState last;
        synchronized (lock) {
            if (state instanceof RegistrationState.Closed) {
                return;
            }
            last = state;
            round++;
            next.cancel();
            become(new RegistrationState.Closed());
        }
        timer.close();
        if (last instanceof RegistrationState.Registered registered) {
            try {
                RegistryServiceGrpc.newBlockingStub(channels.channel(registry))
                        .withDeadlineAfter(CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                        .deregister(deregistration(registered.leaseId()));
            } catch (StatusRuntimeException | IllegalStateException e) {
                LOGGER.log(Level.DEBUG, "not deregistered, the lease runs out: {0}", e.getMessage());
            }
        }
    }

    private void beginRound() {
        RegisterRequest request;
        int mine;
        synchronized (lock) {
            if (state instanceof RegistrationState.Closed) {
                return;
            }
            mine = ++round;
            next.cancel();
            request = RegisterRequest.newBuilder()
                    .addAllCards(cards)
                    .setEndpoint(endpoint)
                    .setLease(Durations.fromMillis(lease.toMillis()))
                    .build();
        }
        try {
            stub().register(
                            request,
                            new UnaryAnswer<>(answer -> registered(mine, answer), error -> notRegistered(mine, error)));
        } catch (RuntimeException e) {
            notRegistered(mine, e);
        }
    }

    private void registered(int of, RegisterResponse answer) {
        synchronized (lock) {
            if (of == round) {
                backoff.reset();
                become(new RegistrationState.Registered(
                        answer.getLeaseId(),
                        Duration.ofMillis(Durations.toMillis(answer.getLease())),
                        answer.getRevision()));
                renewLater(of, answer.getLeaseId(), answer.getLease());
                return;
            }
            if (!(state instanceof RegistrationState.Closed)) {
                // A newer round replaces this lease.
                return;
            }
        }
        // Closed while the answer was on its way.
        stub().deregister(deregistration(answer.getLeaseId()), new UnaryAnswer<>(done -> {}, error -> {}));
    }

    private void notRegistered(int of, Throwable error) {
        synchronized (lock) {
            if (of != round) {
                return;
            }
            Status status = Status.fromThrowable(error);
            String reason = String.valueOf(status.getDescription());
            RegistrationState failed = REFUSALS.contains(status.getCode())
                    ? new RegistrationState.Refused(status.getCode(), reason + firstViolation(error))
                    : new RegistrationState.Registering(status.getCode() + ": " + reason);
            if (!failed.equals(state)) {
                LOGGER.log(Level.WARNING, "{0} is not registered: {1}", endpoint.getInstance(), failed);
            }
            become(failed);
            next = timer.after(backoff.next(), this::beginRound);
        }
    }

    private static String firstViolation(Throwable error) {
        List<FieldViolation> violations = Errors.fromThrowable(error).violations();
        return violations.isEmpty() ? "" : " [" + FieldViolation.summary(violations) + "]";
    }

    private void renewLater(int of, String leaseId, com.google.protobuf.Duration granted) {
        Duration third = Duration.ofMillis(Math.max(1, Durations.toMillis(granted) / RENEWALS_PER_LEASE));
        next = timer.after(third, () -> renew(of, leaseId));
    }

    private void renew(int of, String leaseId) {
        KeepAliveRequest request =
                KeepAliveRequest.newBuilder().setLeaseId(leaseId).build();
        try {
            stub().keepAlive(
                            request,
                            new UnaryAnswer<>(
                                    answer -> renewed(of, leaseId, answer), error -> notRenewed(of, leaseId, error)));
        } catch (RuntimeException e) {
            notRenewed(of, leaseId, e);
        }
    }

    private void renewed(int of, String leaseId, KeepAliveResponse answer) {
        synchronized (lock) {
            if (of == round) {
                backoff.reset();
                renewLater(of, leaseId, answer.getLease());
            }
        }
    }

    private void notRenewed(int of, String leaseId, Throwable error) {
        Status status = Status.fromThrowable(error);
        synchronized (lock) {
            if (of != round) {
                return;
            }
            if (status.getCode() != Status.Code.NOT_FOUND) {
                // The lease may still stand; only the registry can say that it is gone.
                next = timer.after(backoff.next(), () -> renew(of, leaseId));
                return;
            }
            become(new RegistrationState.Registering("the lease has expired"));
        }
        beginRound();
    }

    private void become(RegistrationState newState) {
        state = newState;
        lock.notifyAll();
        listener.accept(newState);
    }

    private RegistryServiceStub stub() {
        return RegistryServiceGrpc.newStub(channels.channel(registry))
                .withDeadlineAfter(CALL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static DeregisterRequest deregistration(String leaseId) {
        return DeregisterRequest.newBuilder().setLeaseId(leaseId).build();
    }
}
