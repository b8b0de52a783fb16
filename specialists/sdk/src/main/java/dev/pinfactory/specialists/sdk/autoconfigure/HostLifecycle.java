package dev.pinfactory.specialists.sdk.autoconfigure;

import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.client.RegistrationState;
import dev.pinfactory.specialists.sdk.serving.ServedSpecialist;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;
import org.springframework.grpc.server.InProcessGrpcServerFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/**
 * The order of coming and going. Coming: models are loaded and warm before the server listens; then each
 * specialist is healthy, then they are registered; the host as a whole is healthy unless the registry refuses them. Going: not ready and
 * deregistered first, calls still taken for a moment so that callers learn of it, then the server finishes what is in flight.
 */
final class HostLifecycle implements GenericApplicationListener {
    private static final Logger log = LoggerFactory.getLogger(HostLifecycle.class);

    private final ApplicationContext context;
    private final Specialists specialists;
    private final HealthStatusManager health;
    private final @Nullable HostRegistration registration;
    private final HostProperties properties;
    private final @Nullable String inProcessName;
    private final List<GrpcServerStartedEvent> servers = new ArrayList<>();

    HostLifecycle(
            ApplicationContext context,
            Specialists specialists,
            HealthStatusManager health,
            @Nullable HostRegistration registration,
            HostProperties properties,
            @Nullable String inProcessName) {
        this.context = context;
        this.specialists = specialists;
        this.health = health;
        this.registration = registration;
        this.properties = properties;
        this.inProcessName = inProcessName;
        setHealthOfHost(ServingStatus.NOT_SERVING);
        setHealthOfSpecialists(ServingStatus.NOT_SERVING);
    }

    @Override
    public boolean supportsEventType(ResolvableType type) {
        Class<?> event = type.toClass();
        return ApplicationContextEvent.class.isAssignableFrom(event) || event == GrpcServerStartedEvent.class;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof GrpcServerStartedEvent started) {
            servers.add(started);
        } else if (event instanceof ContextRefreshedEvent refreshed && isOurs(refreshed)) {
            open();
        } else if (event instanceof ContextClosedEvent closed && isOurs(closed)) {
            drain();
        }
    }

    /** A parent's or child's events come here too. */
    private boolean isOurs(ApplicationContextEvent event) {
        return event.getApplicationContext() == context;
    }

    private void open() {
        setHealthOfSpecialists(ServingStatus.SERVING);
        if (registration == null || servers.isEmpty() || specialists.all().isEmpty()) {
            setHealthOfHost(ServingStatus.SERVING);
            return;
        }
        Endpoint endpoint = Endpoint.newBuilder()
                .setAddress(address())
                .setInstance(instance())
                .setCapacity(properties.effectiveWorkers() + properties.queueCapacity())
                .build();
        registration.start(endpoint, this::registrationIs);
    }

    /** Nobody can find what was refused; a registry that is away is no reason to take a host out that others know. */
    private void registrationIs(RegistrationState state) {
        setHealthOfHost(state instanceof RegistrationState.Refused ? ServingStatus.NOT_SERVING : ServingStatus.SERVING);
    }

    private void drain() {
        log.info("draining: not ready, deregistered, then calls in flight are finished");
        health.enterTerminalState();
        if (registration == null) {
            return;
        }
        registration.close();
        waitFor(properties.drainDelay());
    }

    private void setHealthOfHost(ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    }

    private void setHealthOfSpecialists(ServingStatus status) {
        health.setStatus(SpecialistServiceGrpc.SERVICE_NAME, status);
        for (ServedSpecialist specialist : specialists.all()) {
            health.setStatus(specialist.id(), status);
        }
    }

    private String address() {
        if (properties.advertisedAddress() != null) {
            return properties.advertisedAddress();
        }
        boolean inProcess = servers.stream()
                .anyMatch(server -> server.getSource().getFactory() instanceof InProcessGrpcServerFactory);
        if (inProcess && inProcessName != null) {
            return "inprocess:" + inProcessName;
        }
        GrpcServerStartedEvent server = servers.getFirst();
        String bound = context.getEnvironment().getProperty("spring.grpc.server.address", "127.0.0.1");
        return bound + ":" + server.getPort();
    }

    private String instance() {
        if (properties.instance() != null) {
            return properties.instance();
        }
        return hostName() + "-" + ProcessHandle.current().pid() + "-"
                + Integer.toHexString(System.identityHashCode(this));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "host";
        }
    }

    /** Nothing ends this early: it is the time that the news needs. */
    private static void waitFor(Duration time) {
        try {
            boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            log.debug("drain delay over ({})", never);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
