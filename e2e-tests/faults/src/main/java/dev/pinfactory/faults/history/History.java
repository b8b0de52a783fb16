package dev.pinfactory.faults.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What clients were told. A submission whose answer did not come is neither accepted nor refused: it stays open until it is sent again with the same key and
 * acknowledged. Thread-safe.
 */
public final class History {
    private final Map<String, Set<String>> acknowledged = new TreeMap<>();
    private final Set<String> open = new TreeSet<>();
    private final Map<String, Set<String>> ends = new TreeMap<>();

    /** A submission is about to be sent. */
    public synchronized void begin(String key) {
        if (!acknowledged.containsKey(key)) {
            open.add(key);
        }
    }

    /** A submission was answered. */
    public synchronized void acknowledge(String key, String taskId) {
        open.remove(key);
        acknowledged.computeIfAbsent(key, first -> new TreeSet<>()).add(taskId);
    }

    /** A reader saw the task's end. */
    public synchronized void sawEnd(String taskId, String end) {
        ends.computeIfAbsent(taskId, first -> new TreeSet<>()).add(end);
    }

    /** Keys of submissions that may have been accepted. */
    public synchronized List<String> open() {
        return List.copyOf(open);
    }

    public synchronized boolean isAcknowledged(String key) {
        return acknowledged.containsKey(key);
    }

    /** Task ids by key; more than one is a violation. */
    public synchronized Map<String, Set<String>> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** All acknowledged tasks that no reader has seen ended yet. */
    public synchronized List<String> notSeenEnded() {
        List<String> ids = new ArrayList<>();
        acknowledged.values().forEach(ids::addAll);
        ids.removeIf(ends::containsKey);
        return ids;
    }

    /** The different ends that readers saw of a task. */
    public synchronized Set<String> endsOf(String taskId) {
        return Set.copyOf(ends.getOrDefault(taskId, Set.of()));
    }
}
