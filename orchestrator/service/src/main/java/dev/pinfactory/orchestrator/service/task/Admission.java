package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The one door. No more tasks run than run well together, few wait, and who comes then is told at once when to come again: a long queue would only turn overload
 * into time-outs. Who waits for a result goes first, but of eight turns one is a batch task's and one another accepted task's, if they wait: slow, never starved.
 * Tenants take turns, and none waits with more tasks than there are places left: one that floods the queue leaves room for the others (Choudhury and Hahne 1998).
 */
public final class Admission {
    private static final int TURNS = 8;
    private static final int BATCH_TURN = 0;
    private static final int ACCEPTED_TURN = 4;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Weight of the last task in the average of how long tasks take. */
    private static final double RECENT = 0.1;

    private final AdmissionLimits limits;
    private final AdaptiveLimit concurrency;
    /** By the ordinal of their lane. */
    private final List<TurnQueue<Place>> lanes =
            Stream.of(Lane.values()).map(lane -> new TurnQueue<Place>()).toList();

    private final Map<String, Integer> byTenant = new HashMap<>();
    private int running;
    /** Of those that run. */
    private int silent;

    private int turns;
    private long bytes;
    private long refused;
    private double averageNanos = Duration.ofMillis(500).toNanos();

    public Admission(AdmissionLimits limits) {
        this.limits = limits;
        concurrency = new AdaptiveLimit(limits.minConcurrency(), limits.concurrency());
    }

    /**
     * Takes a place, in the queue at first if need be.
     *
     * @param size bytes that the task holds as long as it has the place
     * @param waitedFor whether the caller stays for the result
     * @throws PinfactoryException OVERLOADED, with the time after which a place may be free
     */
    public synchronized Place enter(String tenant, Task.Priority priority, long size, boolean waitedFor) {
        Lane lane = Lane.of(priority, waitedFor);
        if (working() >= concurrency.current() && !mayWait(tenant, lane)) {
            throw refuse("the swarm has as many tasks as it takes: " + running + " running, " + waiting() + " waiting");
        }
        if (bytes + size > limits.bytes().toBytes() && bytes > 0) {
            throw refuse("the swarm holds as many bytes of requests as it takes");
        }
        if (byTenant.getOrDefault(tenant, 0) >= limits.perTenant()) {
            throw refuse("this tenant has " + limits.perTenant() + " tasks running or waiting, its share of the swarm");
        }
        return admit(tenant, lane, size);
    }

    private boolean mayWait(String tenant, Lane lane) {
        TurnQueue<Place> line = line(lane);
        int most =
                lane == Lane.WAITED_FOR ? Math.min(limits.queue(), Math.max(2, concurrency.current())) : limits.queue();
        return line.size(tenant) < most - line.size();
    }

    /** A place, in the queue at first if need be, for a task that was accepted before and is taken over; empty when {@link #free} is none. */
    public synchronized Optional<Place> enterIfFree(String tenant, Task.Priority priority, long size) {
        return free() == 0 ? Optional.empty() : Optional.of(admit(tenant, Lane.of(priority, false), size));
    }

    /**
     * How many tasks this process may take over now: with those that run or wait unattended as many as may run at the most. Only as many as can start at once would be few
     * after a start, when the limit is still at its least, and the tasks of a process that died would wait for one round of the leases after the other.
     */
    public synchronized int free() {
        int unattended = line(Lane.ACCEPTED).size() + line(Lane.BATCH).size();
        return Math.max(0, limits.concurrency() - running - unattended);
    }

    public synchronized int running() {
        return running;
    }

    /**
     * Tasks that wait for an endpoint that answers nobody take no part in the work, and leave their places to others: else one such endpoint would stop them all. As
     * many as may run at the most, so that there is a bound.
     */
    private int working() {
        return running - Math.min(silent, limits.concurrency());
    }

    public synchronized int waiting() {
        return lanes.stream().mapToInt(TurnQueue::size).sum();
    }

    /** How many may run at once, as things are. */
    public synchronized int concurrency() {
        return concurrency.current();
    }

    /** How many were refused so far. */
    public synchronized long refused() {
        return refused;
    }

    private Place admit(String tenant, Lane lane, long size) {
        Place place = new Place(tenant, lane, size);
        byTenant.merge(tenant, 1, Integer::sum);
        bytes += size;
        if (working() < concurrency.current()) {
            start(place);
        } else {
            line(lane).add(tenant, place);
        }
        return place;
    }

    private TurnQueue<Place> line(Lane lane) {
        return lanes.get(lane.ordinal());
    }

    private void start(Place place) {
        running++;
        place.startedAt = System.nanoTime();
        place.started = true;
    }

    private PinfactoryException refuse(String why) {
        refused++;
        double ahead = (running + waiting()) / (double) concurrency.current();
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
        List<Place> next;
        synchronized (this) {
            if (place.left) {
                return;
            }
            place.left = true;
            bytes -= place.size;
            byTenant.computeIfPresent(place.tenant, (tenant, count) -> count > 1 ? count - 1 : null);
            if (!place.started) {
                line(place.lane).remove(place.tenant, place);
                return;
            }
            averageNanos += RECENT * (System.nanoTime() - place.startedAt - averageNanos);
            if (!place.kind.isEmpty()) {
                concurrency.ended(place.kind, place.nanos, working());
            }
            running--;
            silent -= place.silentCalls > 0 ? 1 : 0;
            next = fill();
        }
        go(next);
    }

    /** Gives free places to those who wait. Called under the lock. */
    private List<Place> fill() {
        List<Place> next = new ArrayList<>();
        while (working() < concurrency.current() && waiting() > 0) {
            Place turn = take();
            start(turn);
            next.add(turn);
        }
        return next;
    }

    /** Called outside the lock: what waits for the turn may do anything. */
    private static void go(List<Place> next) {
        next.forEach(turn -> turn.turn.complete(null));
    }

    private void silent(Place place, boolean now) {
        List<Place> next;
        synchronized (this) {
            if (place.left) {
                return;
            }
            boolean before = place.silentCalls > 0;
            place.silentCalls += now ? 1 : -1;
            boolean after = place.silentCalls > 0;
            silent += (after ? 1 : 0) - (before ? 1 : 0);
            next = fill();
        }
        go(next);
    }

    private Place take() {
        turns = (turns + 1) % TURNS;
        Lane first = switch (turns) {
            case BATCH_TURN -> Lane.BATCH;
            case ACCEPTED_TURN -> Lane.ACCEPTED;
            default -> Lane.WAITED_FOR;
        };
        if (line(first).size() > 0) {
            return line(first).take();
        }
        return lanes.stream()
                .filter(line -> line.size() > 0)
                .findFirst()
                .orElseThrow()
                .take();
    }

    /** A task's right to run, at its turn. */
    public final class Place implements AutoCloseable {
        private final CompletableFuture<Void> turn = new CompletableFuture<>();
        private final String tenant;
        private final Lane lane;
        private final long size;
        private String kind = "";
        private long nanos;
        private boolean started;
        private boolean left;
        private long startedAt;
        private int silentCalls;

        private Place(String tenant, Lane lane, long size) {
            this.tenant = tenant;
            this.lane = lane;
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

        /**
         * The task did all that it should: the time that it took says how crowded it is.
         *
         * @param sort tasks of one sort take about as long
         * @param took nanoseconds
         */
        public void ran(String sort, long took) {
            synchronized (Admission.this) {
                kind = sort;
                nanos = took;
            }
        }

        /**
         * One of the task's calls waits for an endpoint that answers nobody, or does so no longer: meanwhile the place is somebody else's. Whoever begins ends.
         */
        public void silent(boolean now) {
            Admission.this.silent(this, now);
        }

        /** Gives the place up, whether it had its turn or not. */
        @Override
        public void close() {
            leave(this);
        }
    }
}
