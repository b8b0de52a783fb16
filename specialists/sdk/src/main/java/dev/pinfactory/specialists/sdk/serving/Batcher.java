package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Groups calls of one model without ever waiting for more of them: an idle worker takes at once whatever is there, so batches grow only while all
 * workers are busy. The queue is bounded; a call whose caller has gone away leaves it.
 */
final class Batcher {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(5);
    private static final double SMOOTHING = 0.1;

    private final String name;
    private final SpecialistModel model;
    private final ServingSettings settings;
    private final BatchRun run;
    private final Executor executor;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private int busyWorkers;
    private boolean retired;
    private double secondsPerItem = 0.001;

    Batcher(String name, SpecialistModel model, ServingSettings settings, BatchRun run, Executor executor) {
        this.name = name;
        this.model = model;
        this.settings = settings;
        this.run = run;
        this.executor = executor;
    }

    /**
     * Queues a call. Cancelling the future takes it out again, or, when it runs already, leaves the rest to {@link Inference#cancelled()}.
     *
     * @throws PinfactoryException SPECIALIST_OVERLOADED when the queue is full
     * @throws RetiredException when this version takes no calls any longer
     */
    CompletableFuture<Answer> submit(Inference inference) {
        Call call = new Call(inference, new CompletableFuture<>());
        if (enqueue(call)) {
            startWorker();
        }
        call.answer().whenComplete((answer, failure) -> {
            if (call.answer().isCancelled()) {
                forget(call);
            }
        });
        return call.answer();
    }

    int queued() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more calls, answers those that are here, then closes the model. */
    void retire() {
        lock.lock();
        try {
            if (retired) {
                return;
            }
            retired = true;
            if (busyWorkers > 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        model.close();
    }

    /** Whether a worker has to be started for it. */
    private boolean enqueue(Call call) {
        lock.lock();
        try {
            if (retired) {
                throw new RetiredException();
            }
            if (waiting.size() >= settings.queueCapacity()) {
                throw overloaded();
            }
            waiting.add(call);
            if (busyWorkers == settings.workers()) {
                return false;
            }
            busyWorkers++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void startWorker() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            failAll(new PinfactoryException(ErrorCode.SPECIALIST_UNAVAILABLE, name + " is shutting down", e));
        }
    }

    private void work() {
        for (List<Call> batch = take(); !batch.isEmpty(); batch = take()) {
            double seconds = run.run(batch);
            note(seconds / batch.size());
        }
    }

    /** The next batch; empty when there is nothing left, and then this worker has ended. */
    private List<Call> take() {
        boolean last;
        lock.lock();
        try {
            List<Call> batch = new ArrayList<>();
            while (batch.size() < settings.maxBatchSize() && !waiting.isEmpty()) {
                Call call = waiting.remove();
                if (call.inference().cancelled()) {
                    // Its deadline may pass a moment before gRPC says so.
                    call.answer().cancel(false);
                } else if (!call.answer().isDone()) {
                    batch.add(call);
                }
            }
            if (!batch.isEmpty()) {
                return batch;
            }
            busyWorkers--;
            last = retired && busyWorkers == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            model.close();
        }
        return List.of();
    }

    private void forget(Call call) {
        lock.lock();
        try {
            waiting.remove(call);
        } finally {
            lock.unlock();
        }
    }

    private void failAll(PinfactoryException failure) {
        List<Call> failed;
        lock.lock();
        try {
            busyWorkers--;
            failed = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        failed.forEach(call -> call.answer().completeExceptionally(failure));
    }

    private void note(double seconds) {
        lock.lock();
        try {
            secondsPerItem += SMOOTHING * (seconds - secondsPerItem);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the caller to come back when about half of the queue has been worked off. Called under the lock. */
    private PinfactoryException overloaded() {
        double halfQueue = secondsPerItem * settings.queueCapacity() / (2.0 * settings.workers());
        Duration retryAfter =
                Duration.ofMillis(Math.clamp((long) Math.ceil(halfQueue * 1000), 10, LONGEST_RETRY_AFTER.toMillis()));
        return new PinfactoryException(
                ErrorCode.SPECIALIST_OVERLOADED,
                name + " has " + waiting.size() + " calls waiting and takes no more",
                List.of(),
                retryAfter,
                null);
    }

    /** A call that waits or runs. Identity matters: two calls with the same input are two. */
    static final class Call {
        private final Inference inference;
        private final CompletableFuture<Answer> answer;

        Call(Inference inference, CompletableFuture<Answer> answer) {
            this.inference = inference;
            this.answer = answer;
        }

        Inference inference() {
            return inference;
        }

        CompletableFuture<Answer> answer() {
            return answer;
        }
    }

    /** The version was replaced between look-up and call. */
    static final class RetiredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RetiredException() {
            super("retired", null, false, false);
        }
    }
}
