package dev.pinfactory.load;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * An open loop: requests come as a Poisson process of a fixed rate, whether earlier ones were answered or not, as the world's do. One thread sends; answers come on
 * the threads of the client.
 *
 * @param perSecond requests
 * @param length for which they are sent
 * @param seed of the arrival times
 */
public record OpenLoop(double perSecond, Duration length, long seed) {
    /** More at once would measure the sender. */
    private static final int MOST_OPEN = 20_000;

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);
    private static final int DIGITS = 3;

    public OpenLoop {
        if (!(perSecond > 0) || length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("a load has a rate and a length above 0");
        }
    }

    /**
     * Sends, and waits for the answers.
     *
     * @param request sends one and does not wait; its stage must end by itself
     * @throws IllegalStateException when {@value #MOST_OPEN} are unanswered, or the last are not answered within five minutes
     */
    public Measured run(Supplier<CompletionStage<Answer>> request) throws InterruptedException {
        Measured measured = new Measured(length, histogram(), histogram(), histogram());
        Semaphore open = new Semaphore(MOST_OPEN);
        Random random = new Random(seed);
        long begin = System.nanoTime();
        long end = begin + length.toNanos();
        double intended = begin;
        while (true) {
            intended += -Math.log(1 - random.nextDouble()) / perSecond * TimeUnit.SECONDS.toNanos(1);
            long due = (long) intended;
            if (due >= end) {
                break;
            }
            awaitUntil(due);
            if (!open.tryAcquire()) {
                throw new IllegalStateException(MOST_OPEN + " requests are not answered");
            }
            send(request).whenComplete((answer, failure) -> {
                long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
                measured.of(failure == null ? answer : Answer.FAILED)
                        .recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
                open.release();
            });
        }
        if (!open.tryAcquire(MOST_OPEN, LONGEST_MICROS, TimeUnit.MICROSECONDS)) {
            throw new IllegalStateException("the last requests were not answered within five minutes");
        }
        return measured;
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    }

    private static CompletionStage<Answer> send(Supplier<CompletionStage<Answer>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static void awaitUntil(long due) throws InterruptedException {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("no more load is wanted");
            }
        }
    }
}
