package dev.pinfactory.specialists.adapters;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** A specialist is healthy while its server says that the model is ready. */
final class ReadinessWatch implements AutoCloseable {
    private final Adapters adapters;
    private final HealthStatusManager health;
    private final Duration interval;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("model-readiness").daemon().factory());

    ReadinessWatch(Adapters adapters, HealthStatusManager health, Duration interval) {
        this.adapters = adapters;
        this.health = health;
        this.interval = interval;
    }

    /** After the host has declared all healthy, which it does when its context is complete. */
    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var ignored = timer.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        adapters.models()
                .forEach((id, model) ->
                        health.setStatus(id, model.ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
