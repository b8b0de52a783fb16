package dev.pinfactory.specialists.sdk.autoconfigure;

import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import dev.pinfactory.registry.client.RegistrationState;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the process registered for everything that it serves, also when versions come and go. */
public final class HostRegistration implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HostRegistration.class);

    private final Specialists specialists;
    private final String registry;
    private final Duration lease;
    private final Channels channels;
    private @Nullable Registration registration;

    HostRegistration(Specialists specialists, Channels channels, String registry, Duration lease) {
        this.specialists = specialists;
        this.channels = channels;
        this.registry = registry;
        this.lease = lease;
        specialists.onChange(this::replaceCards);
    }

    /** Begins; the registry may be away, then it is tried again in the background. The listener must not wait. */
    synchronized void start(Endpoint endpoint, Consumer<RegistrationState> listener) {
        if (registration != null || specialists.all().isEmpty()) {
            return;
        }
        log.info(
                "registering {} at {} with the registry at {}",
                endpoint.getInstance(),
                endpoint.getAddress(),
                registry);
        registration = Registration.start(channels, registry, specialists.cards(), endpoint, lease, listener);
    }

    /** Where it stands; closed before the start. */
    public synchronized RegistrationState state() {
        return registration == null ? new RegistrationState.Closed() : registration.state();
    }

    /**
     * Waits until the registry has taken what is served.
     *
     * @throws IllegalStateException with the registry's reason if it is refused, or not taken in this time
     */
    public void awaitRegistered(Duration atMost) throws InterruptedException {
        Registration started;
        synchronized (this) {
            started = registration;
        }
        if (started == null) {
            return;
        }
        if (!started.awaitRegistered(atMost)) {
            throw new IllegalStateException(
                    "the registry at " + registry + " has not taken the specialists: " + started.state());
        }
    }

    private synchronized void replaceCards() {
        if (registration != null) {
            registration.replaceCards(specialists.cards());
        }
    }

    @Override
    public synchronized void close() {
        if (registration != null) {
            registration.close();
        }
    }
}
