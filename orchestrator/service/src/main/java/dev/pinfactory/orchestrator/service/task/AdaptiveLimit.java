package dev.pinfactory.orchestrator.service.task;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import java.util.concurrent.TimeUnit;

/**
 * How many tasks may run at once so that they hardly wait for each other: the Vegas rule of Netflix's concurrency-limits (after Brakmo and Peterson 1995) on the
 * geometric mean of the {@link Stretch} of every {@value #WINDOW} tasks. It begins with the least: what takes long among so few is no sign of a crowd. Not
 * thread-safe.
 */
final class AdaptiveLimit {
    private static final int WINDOW = 24;

    /** While tasks take less than about one and a half times as long as usual, more of them may run: less than a third waits then. */
    private static final int FEW = 3;

    /** From about twice as long on, when half of them wait, fewer may. */
    private static final int MANY = 2;

    private static final double LESS = 0.9;

    /** The library counts in nanoseconds. */
    private static final double UNSTRETCHED = TimeUnit.MILLISECONDS.toNanos(1);

    private final int least;
    private final Stretch stretch = new Stretch();
    private final Limit limit;
    private double logarithms;
    private int tasks;

    /** @param least and most that may run at once; the same where it shall not adapt */
    AdaptiveLimit(int least, int most) {
        this.least = least;
        limit = VegasLimit.newBuilder()
                .initialLimit(least)
                .maxConcurrency(most)
                // How long tasks take is the stretch's to know, and to learn anew.
                .probeMultiplier(Integer.MAX_VALUE)
                .alphaFunction(running -> running / FEW + 1)
                .betaFunction(running -> running / MANY + 1)
                .increaseFunction(running -> running + 1)
                .decreaseFunction(running -> Math.max(least, running * LESS))
                .build();
    }

    int current() {
        return limit.getLimit();
    }

    /**
     * A task has ended well.
     *
     * @param kind tasks of one kind take about as long
     * @param nanos that it took
     * @param running how many ran then, itself included
     */
    void ended(String kind, long nanos, int running) {
        logarithms += stretch.logarithm(kind, nanos, running > least);
        tasks++;
        if (tasks < WINDOW) {
            return;
        }
        double mean = Math.max(1, Math.exp(logarithms / WINDOW));
        logarithms = 0;
        tasks = 0;
        limit.onSample(System.nanoTime(), (long) (UNSTRETCHED * mean), running, false);
    }
}
