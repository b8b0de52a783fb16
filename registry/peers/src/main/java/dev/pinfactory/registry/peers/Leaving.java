package dev.pinfactory.registry.peers;

import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.grpc.server.InProcessGrpcServerFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/**
 * How a role leaves: it says that it is not ready, over gRPC and HTTP, still takes calls for a moment so that callers learn of it, and then lets gRPC and the web
 * server finish what is in flight, both at the same time; left alone, Spring stops one after the other, and says nothing before over gRPC.
 */
final class Leaving implements GenericApplicationListener, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    /** Between the phases in which Boot finishes a web server's requests (MAX - 1024) and stops it (MAX - 2048). */
    private static final int PHASE = Integer.MAX_VALUE - 1536;

    private final ApplicationContext context;
    private final HealthStatusManager health;
    private final Duration quietPeriod;
    private final List<GrpcServerLifecycle> servers = new ArrayList<>();
    private final List<Thread> finishing = new ArrayList<>();
    private volatile boolean running;

    Leaving(ApplicationContext context, HealthStatusManager health, Duration quietPeriod) {
        this.context = context;
        this.health = health;
        this.quietPeriod = quietPeriod;
    }

    @Override
    public boolean supportsEventType(ResolvableType type) {
        Class<?> event = type.toClass();
        return event == ContextClosedEvent.class || event == GrpcServerStartedEvent.class;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof GrpcServerStartedEvent started) {
            servers.add(started.getSource());
        } else if (event instanceof ContextClosedEvent closed && closed.getApplicationContext() == context) {
            leave();
        }
    }

    /** Before anybody else ends anything. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    private void leave() {
        health.enterTerminalState();
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        boolean reached = servers.stream().anyMatch(Leaving::isReachedOverTheNetwork);
        if (reached && !quietPeriod.isZero()) {
            LOG.info("leaving: not ready, calls are still taken for {} ms", quietPeriod.toMillis());
            waitFor(quietPeriod);
        }
        for (GrpcServerLifecycle server : servers) {
            finishing.add(Thread.ofVirtual().name("finishing").start(server::stop));
        }
    }

    private static boolean isReachedOverTheNetwork(GrpcServerLifecycle server) {
        return !(server.getFactory() instanceof InProcessGrpcServerFactory);
    }

    /** Nothing ends this early: it is the time that the news needs. */
    private static void waitFor(Duration time) {
        try {
            boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("quiet period over ({})", never);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Waits for what gRPC still finishes; how long that may take is the server's own grace period. */
    @Override
    public void stop() {
        running = false;
        try {
            for (Thread thread : finishing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
