package dev.pinfactory.registry.service;

import dev.pinfactory.registry.service.catalog.Catalog;
import dev.pinfactory.registry.service.store.JdbcRetention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** What time brings about: leases end, other replicas change things, watchers want to hear a heartbeat. */
final class Housekeeping implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {
    private static final Logger LOGGER = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EXPIRY = Duration.ofHours(1);
    private static final Duration ROLLOUT = Duration.ofSeconds(1);
    /** A process that reports does so every few seconds, and repeats for minutes at most. */
    private static final Duration REPORTERS = Duration.ofDays(1);

    private final Catalog catalog;
    private final LiveCatalog live;
    private final Watchers watchers;
    private final RolloutLoop rollouts;
    private final JdbcRetention retention;
    private final RegistryProperties properties;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("registry-housekeeping").factory());

    Housekeeping(
            Catalog catalog,
            LiveCatalog live,
            Watchers watchers,
            RolloutLoop rollouts,
            JdbcRetention retention,
            RegistryProperties properties,
            Clock clock) {
        this.catalog = catalog;
        this.live = live;
        this.watchers = watchers;
        this.rollouts = rollouts;
        this.retention = retention;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        guarded(catalog::forgiveLeases);
        every(properties.sweepInterval(), () -> {
            catalog.sweep();
            live.refresh();
        });
        every(ROLLOUT, rollouts::run);
        every(properties.pollInterval(), live::refresh);
        every(properties.heartbeat(), watchers::beat);
        every(EXPIRY, this::expire);
    }

    private void expire() {
        Instant now = clock.instant();
        int events = retention.expireEvents(now.minus(properties.eventRetention()));
        int moves = retention.expireAudit(now.minus(properties.auditRetention()));
        int models = retention.expireModels(now.minus(properties.modelRetention()));
        retention.expireReports(now.minus(properties.modelRetention()));
        retention.expireReporters(now.minus(REPORTERS));
        LOGGER.info("erased what is over: {} events, {} moves, {} models", events, moves, models);
    }

    private void every(Duration interval, Runnable task) {
        timer.scheduleWithFixedDelay(
                () -> guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that throws would never run again, and the next time the database may be back. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.warn("housekeeping failed and is tried again: {}", e.toString());
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
