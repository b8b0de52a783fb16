package dev.pinfactory.registry.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clock and one daemon thread. */
final class ThreadTimer implements Timer {
    private static final Logger LOGGER = System.getLogger(ThreadTimer.class.getName());

    private final ScheduledThreadPoolExecutor thread;

    ThreadTimer(String name) {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setRemoveOnCancelPolicy(true);
        // A task handed in after the end is dropped: nobody waits for it any more.
        thread.setRejectedExecutionHandler((task, executor) -> {});
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Cancellation after(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = thread.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a timed task of the registry client failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
