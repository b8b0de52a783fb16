package dev.pinfactory.orchestrator.service.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes one run up; a later request replaces an earlier one. Used by one thread. */
final class TaskTimer {
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final Runnable wake;
    private @Nullable Future<?> next;

    TaskTimer(ScheduledExecutorService scheduler, Clock clock, Runnable wake) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.wake = wake;
    }

    void wakeAt(Instant at) {
        cancel();
        long nanos = Math.max(0, Duration.between(clock.instant(), at).toNanos());
        try {
            next = scheduler.schedule(wake, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The process ends; the run is given up with it.
        }
    }

    void cancel() {
        if (next != null) {
            next.cancel(false);
        }
    }
}
