package dev.pinfactory.orchestrator.service;

import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.orchestrator.service.outcome.OutcomeReporter;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.run.Leases;
import dev.pinfactory.orchestrator.service.run.TaskRuns;
import dev.pinfactory.orchestrator.service.store.OutboxReader;
import dev.pinfactory.orchestrator.service.store.Retention;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Renews leases and takes abandoned tasks over while the process serves; erases what is over; and gives the tasks up when the process ends: after the servers
 * have stopped, before the store closes.
 */
final class Housekeeping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int ROUNDS_PER_LEASE = 4;
    private static final Duration COUNTED = Duration.ofSeconds(1);
    /** A bad version is known to the registry as soon as it can say something against it. */
    private static final Duration REPORTED = Duration.ofSeconds(1);

    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final int EXPIRE_AT_ONCE = 500;

    private final Leases leases;
    private final TaskRuns runs;
    private final TaskStore store;
    private final OutboxReader outbox;
    private final ContentStore content;
    private final Quotas quotas;
    private final OutcomeReporter outcomes;
    private final OrchestratorProperties.Store settings;
    private final Clock clock;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("housekeeping-", 0).factory());
    /** Waits for the registry, which leases must not. */
    private final ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("outcomes").factory());

    private volatile boolean running;

    Housekeeping(
            Leases leases,
            TaskRuns runs,
            TaskStore store,
            OutboxReader outbox,
            ContentStore content,
            Quotas quotas,
            OutcomeReporter outcomes,
            OrchestratorProperties.Store settings,
            Clock clock) {
        this.leases = leases;
        this.runs = runs;
        this.store = store;
        this.outbox = outbox;
        this.content = content;
        this.quotas = quotas;
        this.outcomes = outcomes;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        long millis = Math.max(50, settings.lease().toMillis() / ROUNDS_PER_LEASE);
        scheduler.scheduleWithFixedDelay(leases::round, 0, millis, TimeUnit.MILLISECONDS);
        scheduler.scheduleWithFixedDelay(this::count, COUNTED.toMillis(), COUNTED.toMillis(), TimeUnit.MILLISECONDS);
        reports.scheduleWithFixedDelay(
                outcomes::report, REPORTED.toMillis(), REPORTED.toMillis(), TimeUnit.MILLISECONDS);
        scheduler.scheduleWithFixedDelay(this::expire, EXPIRY.toMillis(), EXPIRY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void expire() {
        try {
            Instant now = clock.instant();
            Retention retention = new Retention(settings.retention(), settings.tenantRetention());
            int tasks = untilLess(limit -> store.expire(retention, now, limit));
            int files = untilLess(limit -> content.expire(now, limit));
            int events = outbox.expire(now.minus(settings.eventRetention()));
            int days = quotas.expire();
            LOG.info("erased what is over: {} tasks, {} files, {} events, {} days of use", tasks, files, events, days);
        } catch (RuntimeException e) {
            LOG.warn("what is over could not be erased: {}", e.toString());
        }
    }

    private void count() {
        try {
            quotas.write();
        } catch (RuntimeException e) {
            LOG.warn("what tenants used could not be written down: {}", e.toString());
        }
    }

    /** In portions, so that no transaction is long; as many as there are, or it would fall behind a busy swarm for ever. */
    private int untilLess(IntUnaryOperator expire) {
        int all = 0;
        int some = EXPIRE_AT_ONCE;
        while (some == EXPIRE_AT_ONCE && running) {
            some = expire.applyAsInt(EXPIRE_AT_ONCE);
            all += some;
        }
        return all;
    }

    /** Not interrupting: a thread may be in the middle of the database's I/O. */
    @Override
    public void stop() {
        running = false;
        scheduler.shutdown();
        reports.shutdown();
        runs.close();
        count();
        outcomes.report();
        leases.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the servers start, so that it stops after them. */
    @Override
    public int getPhase() {
        return 0;
    }
}
