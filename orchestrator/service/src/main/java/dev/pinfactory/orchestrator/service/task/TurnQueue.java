package dev.pinfactory.orchestrator.service.task;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;

/** First come, first served within a tenant; tenants in turn. Not thread-safe. */
final class TurnQueue<T> {
    /** The tenant whose turn is next comes first. */
    private final LinkedHashMap<String, ArrayDeque<T>> byTenant = new LinkedHashMap<>();

    private int size;

    int size() {
        return size;
    }

    int size(String tenant) {
        ArrayDeque<T> waiting = byTenant.get(tenant);
        return waiting == null ? 0 : waiting.size();
    }

    void add(String tenant, T one) {
        byTenant.computeIfAbsent(tenant, unknown -> new ArrayDeque<>()).add(one);
        size++;
    }

    /** Not empty then. */
    T take() {
        var turn = byTenant.pollFirstEntry();
        T one = turn.getValue().remove();
        if (!turn.getValue().isEmpty()) {
            byTenant.putLast(turn.getKey(), turn.getValue());
        }
        size--;
        return one;
    }

    void remove(String tenant, T one) {
        ArrayDeque<T> waiting = byTenant.get(tenant);
        if (waiting != null && waiting.remove(one)) {
            size--;
            if (waiting.isEmpty()) {
                byTenant.remove(tenant);
            }
        }
    }
}
