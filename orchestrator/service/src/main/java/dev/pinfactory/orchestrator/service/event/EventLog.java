package dev.pinfactory.orchestrator.service.event;

import dev.pinfactory.proto.v1.TaskEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one task that runs in this process, from some sequence on. Watchers come with what they have seen and take what is newer: nobody holds
 * a queue for them, so a slow one costs nothing. Bounded by the plan: a few events for each step.
 */
public final class EventLog {
    private final long base;
    private final List<TaskEvent> events = new ArrayList<>();
    private boolean closed;

    /** @param base sequence of the last event before this log */
    public EventLog(long base) {
        this.base = base;
    }

    public synchronized void append(List<TaskEvent> newer) {
        events.addAll(newer);
        notifyAll();
    }

    /** Nothing more comes. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    public synchronized boolean closed() {
        return closed;
    }

    public synchronized long lastSequence() {
        return base + events.size();
    }

    /** Whether everything after this sequence is here. */
    public boolean covers(long afterSequence) {
        return afterSequence >= base;
    }

    public synchronized List<TaskEvent> after(long sequence) {
        int from = (int) Math.min(events.size(), Math.max(0, sequence - base));
        return List.copyOf(events.subList(from, events.size()));
    }

    /** Waits for an event after this sequence, for the log's end, or for the time to pass. */
    public synchronized void await(long sequence, Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (!closed && base + events.size() <= sequence) {
            long millis = (until - System.nanoTime() + 999_999) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }
}
