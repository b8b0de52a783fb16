package dev.pinfactory.benchmarks;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Wakes shells whose time has come, some milliseconds late at most. Nearly every task ends before it has to be woken, so joining and leaving has to
 * be cheap; a timer of its own for each task costs a switch of threads.
 */
final class Ticker implements AutoCloseable {
    private static final int MILLISECONDS = 5;

    private final Set<Shell> shells = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Ticker() {
        clock.scheduleAtFixedRate(this::tick, MILLISECONDS, MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    void join(Shell shell) {
        shells.add(shell);
    }

    void leave(Shell shell) {
        shells.remove(shell);
    }

    private void tick() {
        Instant now = Instant.now();
        shells.forEach(shell -> shell.tick(now));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
