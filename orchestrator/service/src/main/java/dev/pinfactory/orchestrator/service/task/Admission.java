package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one door. At most so many tasks run, at most so many wait, and who comes then is told at once when to come again: a queue without bound would only
 * turn overload into time-outs. Interactive tasks go first, but each eighth turn is a batch task's, if one waits: batch is slow, never starved.
 */
public final class Admission {
    private static final int BATCH_TURN = 8;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Weight of the last task in the average of how long tasks take. */
    private static final double RECENT = 0.1;

    private final AdmissionLimits limits;
    private final ArrayDeque<Place> interactive = new ArrayDeque<>();
    private final ArrayDeque<Place> batch = new ArrayDeque<>();
    private final Map<String, Integer> byTenant = new HashMap<>();
    private int running;
    private int turns;
    private long bytes;
    private long refused;
    private double averageNanos = Duration.ofMillis(500).toNanos();

    public Admission(AdmissionLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes a place, in the queue at first if need be.
     *
     * @param size bytes that the task holds as long as it has the place
     * @throws PinfactoryException OVERLOADED, with the time after which a place may be free
     */
    public synchronized Place enter(String tenant, Task.Priority priority, long size) {
        if (running >= limits.concurrency() && waiting() >= limits.queue()) {
            throw refuse("the swarm has as many tasks as it takes: " + running + " running, " + waiting() + " waiting");
        }
        if (bytes + size > limits.bytes().toBytes() && bytes > 0) {
            throw refuse("the swarm holds as many bytes of requests as it takes");
        }
        if (byTenant.getOrDefault(tenant, 0) >= limits.perTenant()) {
            throw refuse("this tenant has " + limits.perTenant() + " tasks running or waiting, its share of the swarm");
        }
        return admit(tenant, priority, size);
    }

    /** A place that is free at once, for a task that was accepted before; empty when everything is taken. */
    public synchronized Optional<Place> enterIfFree(String tenant, Task.Priority priority, long size) {
        if (running >= limits.concurrency() || waiting() > 0) {
            return Optional.empty();
        }
        return Optional.of(admit(tenant, priority, size));
    }

    /** How many tasks could start now. */
    public synchronized int free() {
        return waiting() > 0 ? 0 : Math.max(0, limits.concurrency() - running);
    }

    public synchronized int running() {
        return running;
    }

    public synchronized int waiting() {
        return interactive.size() + batch.size();
    }

    /** How many were refused so far. */
    public synchronized long refused() {
        return refused;
    }

    private Place admit(String tenant, Task.Priority priority, long size) {
        Place place = new Place(tenant, size);
        byTenant.merge(tenant, 1, Integer::sum);
        bytes += size;
        if (running < limits.concurrency()) {
            start(place);
        } else {
            (priority == Task.Priority.BATCH ? batch : interactive).add(place);
        }
        return place;
    }

    private void start(Place place) {
        running++;
        place.startedAt = System.nanoTime();
        place.started = true;
    }

    private PinfactoryException refuse(String why) {
        refused++;
        double ahead = (running + waiting()) / (double) limits.concurrency();
        Duration wait = Duration.ofNanos((long) (averageNanos * Math.max(1, ahead) / 2));
        Duration bounded = wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
        return new PinfactoryException(
                ErrorCode.OVERLOADED,
                why,
                List.of(),
                bounded.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : bounded,
                null);
    }

    private void leave(Place place) {
        List<Place> next = new ArrayList<>();
        synchronized (this) {
            if (place.left) {
                return;
            }
            place.left = true;
            bytes -= place.size;
            byTenant.computeIfPresent(place.tenant, (tenant, count) -> count > 1 ? count - 1 : null);
            if (!place.started) {
                interactive.remove(place);
                batch.remove(place);
                return;
            }
            running--;
            averageNanos += RECENT * (System.nanoTime() - place.startedAt - averageNanos);
            while (running < limits.concurrency() && waiting() > 0) {
                Place turn = take();
                start(turn);
                next.add(turn);
            }
        }
        // Outside the lock: what waits for the turn may do anything.
        next.forEach(turn -> turn.turn.complete(null));
    }

    private Place take() {
        turns++;
        boolean batchFirst = interactive.isEmpty() || (turns % BATCH_TURN == 0 && !batch.isEmpty());
        return batchFirst ? batch.remove() : interactive.remove();
    }

    /** A task's right to run, at its turn. */
    public final class Place implements AutoCloseable {
        private final CompletableFuture<Void> turn = new CompletableFuture<>();
        private final String tenant;
        private final long size;
        private boolean started;
        private boolean left;
        private long startedAt;

        private Place(String tenant, long size) {
            this.tenant = tenant;
            this.size = size;
        }

        /** Complete as soon as the task may run. */
        public CompletableFuture<Void> turn() {
            synchronized (Admission.this) {
                if (started) {
                    turn.complete(null);
                }
            }
            return turn;
        }

        /** Gives the place up, whether it had its turn or not. */
        @Override
        public void close() {
            leave(this);
        }
    }
}
