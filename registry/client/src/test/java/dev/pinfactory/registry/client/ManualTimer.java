package dev.pinfactory.registry.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that a test moves; what falls due runs in the test's thread. */
final class ManualTimer implements Timer {
    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private record Task(Instant due, Runnable what) {}

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Cancellation after(Duration delay, Runnable what) {
        Task task = new Task(now.plus(delay), what);
        tasks.add(task);
        return () -> {
            synchronized (this) {
                tasks.remove(task);
            }
        };
    }

    /** Lets time pass; also runs what is planned meanwhile and falls due in it. */
    void advance(Duration by) {
        Instant until = now().plus(by);
        for (Task next = takeDue(until); next != null; next = takeDue(until)) {
            next.what().run();
        }
        synchronized (this) {
            now = until;
        }
    }

    private synchronized Task takeDue(Instant until) {
        Task first = tasks.stream()
                .filter(task -> !task.due().isAfter(until))
                .min(Comparator.comparing(Task::due))
                .orElse(null);
        if (first != null) {
            tasks.remove(first);
            now = first.due().isAfter(now) ? first.due() : now;
        }
        return first;
    }

    synchronized int planned() {
        return tasks.size();
    }

    @Override
    public void close() {
        synchronized (this) {
            tasks.clear();
        }
    }
}
