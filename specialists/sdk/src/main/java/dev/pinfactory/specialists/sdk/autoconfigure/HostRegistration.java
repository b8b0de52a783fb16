package dev.pinfactory.specialists.sdk.autoconfigure;

import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import dev.pinfactory.registry.client.RegistrationState;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import java.time.Duration;
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

    /** Begins; the registry may be away, then it is tried again in the background. */
    synchronized void start(Endpoint endpoint) {
        if (registration != null || specialists.all().isEmpty()) {
            return;
        }
        log.info(
                "registering {} at {} with the registry at {}",
                endpoint.getInstance(),
                endpoint.getAddress(),
                registry);
        registration = Registration.start(channels, registry, specialists.cards(), endpoint, lease);
    }

    /** Where it stands; closed before the start. */
    public synchronized RegistrationState state() {
        return registration == null ? new RegistrationState.Closed() : registration.state();
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
