package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.service.store.NewTask;
import dev.pinfactory.orchestrator.service.store.Progress;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records of tasks that ran unwritten, behind them. Its queue is bounded: when the store can't keep up, records are dropped and counted, and the
 * tasks themselves never wait.
 */
public final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final TaskStore store;
    private final ArrayBlockingQueue<Ended> queue;
    private final Map<String, Ended> pending = new ConcurrentHashMap<>();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile boolean closing;

    private record Ended(NewTask task, Progress progress, CompletableFuture<Void> done) {}

    public Recorder(TaskStore store, int capacity) {
        this.store = store;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.writer = Thread.ofVirtual().name("recorder").start(this::write);
    }

    void offer(NewTask task, Progress ended) {
        Ended record = new Ended(task, ended, new CompletableFuture<>());
        pending.put(task.id(), record);
        if (closing || !queue.offer(record)) {
            pending.remove(task.id());
            record.done().complete(null);
            dropped.incrementAndGet();
        }
    }

    /** A record that is not on disk yet. */
    public Optional<TaskResult> pending(String tenant, String taskId) {
        return Optional.ofNullable(pending.get(taskId))
                .filter(record -> record.task().tenant().equals(tenant))
                .flatMap(record -> record.progress().result());
    }

    /** Waits until this task's record is on disk, or lost. */
    public void awaitWritten(String taskId) {
        Ended record = pending.get(taskId);
        if (record != null) {
            record.done().join();
        }
    }

    /** How many records were lost so far. */
    public long dropped() {
        return dropped.get();
    }

    public int waiting() {
        return pending.size();
    }

    private void write() {
        try {
            while (!closing || !queue.isEmpty()) {
                Ended record = queue.poll(200, TimeUnit.MILLISECONDS);
                if (record != null) {
                    write(record);
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread: it may be in the middle of the database's I/O.
            throw new IllegalStateException(e);
        }
    }

    private void write(Ended record) {
        try {
            store.record(record.task(), record.progress());
        } catch (RuntimeException e) {
            dropped.incrementAndGet();
            LOG.warn("the record of task {} is lost", record.task().id(), e);
        } finally {
            pending.remove(record.task().id());
            record.done().complete(null);
        }
    }

    /** Writes what waits, for a moment. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(CLOSING)) {
                LOG.warn("{} records are lost: the store is too slow", pending.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
