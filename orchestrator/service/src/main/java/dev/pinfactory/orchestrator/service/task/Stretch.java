package dev.pinfactory.orchestrator.service.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much longer a task took than tasks of its kind take where few run: what waiting for each other does to tasks of milliseconds and of minutes alike. Not
 * thread-safe.
 */
final class Stretch {
    private static final int MOST_KINDS = 1_000;

    /** So many tasks of a new kind tell what is usual, however many run. */
    private static final int FIRST = 20;

    /** What the newest uncrowded task weighs in what is usual. */
    private static final double NEWEST = 0.02;

    private final Map<String, Usual> kinds = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Usual> eldest) {
            return size() > MOST_KINDS;
        }
    };

    /** The logarithm of the nanoseconds that a kind takes, and from how many tasks that is known. */
    private record Usual(double logarithm, int tasks) {
        Usual with(double other) {
            double weight = Math.max(NEWEST, 1.0 / (tasks + 1));
            return new Usual(logarithm + weight * (other - logarithm), tasks + 1);
        }
    }

    /**
     * The natural logarithm of how many times as long as usual it took. Durations are spread widely and lopsidedly; their logarithms can be averaged.
     *
     * @param crowded whether so many ran that it may have waited for others; then it does not change what is usual
     */
    double logarithm(String kind, long nanos, boolean crowded) {
        double took = Math.log(Math.max(1, nanos));
        Usual usual = kinds.getOrDefault(kind, new Usual(took, 0));
        if (!crowded || usual.tasks() < FIRST) {
            usual = usual.with(took);
        }
        kinds.put(kind, usual);
        return took - usual.logarithm();
    }
}
