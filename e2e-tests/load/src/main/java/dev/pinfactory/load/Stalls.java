package dev.pinfactory.load;

import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * How long this machine let threads wait that had nothing to wait for: what others do on it must not be taken for what the swarm does. A thread wakes up every few
 * milliseconds and notes how late it is (after Tene's jHiccup). Thread-safe.
 */
public final class Stalls implements AutoCloseable {
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long NOTED = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long KEPT = TimeUnit.MINUTES.toNanos(2);

    /** Lengths by their ends, both in nanoseconds; those that count alone. */
    private final ConcurrentSkipListMap<Long, Long> stalls = new ConcurrentSkipListMap<>();

    private final long begin = System.nanoTime();
    private final Thread thread = Thread.ofPlatform().daemon().name("stalls").start(this::watch);

    private void watch() {
        long last = now();
        while (!Thread.interrupted()) {
            try {
                TimeUnit.NANOSECONDS.sleep(STEP);
            } catch (InterruptedException e) {
                return;
            }
            long now = now();
            if (now - last - STEP > NOTED) {
                stalls.put(now, now - last - STEP);
                stalls.headMap(now - KEPT).clear();
            }
            last = now;
        }
    }

    private long now() {
        return System.nanoTime() - begin;
    }

    /** All stalls between two times of {@link System#nanoTime}, at most two minutes ago, in sum. */
    public Duration between(long from, long to) {
        long first = from - begin;
        long last = to - begin;
        long sum = 0;
        for (var stall : stalls.tailMap(first).entrySet()) {
            long start = Math.max(first, stall.getKey() - stall.getValue());
            sum += Math.max(0, Math.min(last, stall.getKey()) - start);
        }
        return Duration.ofNanos(sum);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
