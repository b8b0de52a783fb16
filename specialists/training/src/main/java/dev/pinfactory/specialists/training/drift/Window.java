package dev.pinfactory.specialists.training.drift;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The newest calls, and how far they are from a reference in each respect. Not thread-safe. */
final class Window {
    private final List<Distance> distances;
    private final Deque<Observation> newest = new ArrayDeque<>();
    private final int size;

    /** @param reference at least 2, all with the same features and embeddings of one length */
    Window(List<Observation> reference, int size) {
        this.size = size;
        List<Distance> all = new ArrayList<>();
        all.add(PopulationStability.ofLabels(reference));
        all.add(PopulationStability.ofConfidence(reference));
        if (reference.getFirst().embedding().length > 0) {
            all.add(new EmbeddingDistance(reference));
        }
        if (!reference.getFirst().features().isEmpty()) {
            all.add(new KolmogorovSmirnov(reference));
        }
        this.distances = List.copyOf(all);
    }

    List<Distance> distances() {
        return distances;
    }

    void add(Observation observation) {
        if (newest.size() == size) {
            Observation oldest = newest.removeFirst();
            distances.forEach(distance -> distance.leave(oldest));
        }
        newest.addLast(observation);
        distances.forEach(distance -> distance.enter(observation));
    }

    boolean full() {
        return newest.size() == size;
    }
}
