package dev.pinfactory.specialists.training.drift;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * ADWIN: keeps as many of the newest outcomes as have one rate, and says when it had to let older ones go. Exponential histogram of at most five buckets of each size,
 * so that memory and time grow with the logarithm of the window. After Bifet and Gavaldà, "Learning from Time-Changing Data with Adaptive Windowing", SDM 2007, with
 * the bound for small variance. Not thread-safe.
 */
public final class Adwin {
    private static final int BUCKETS_OF_A_SIZE = 5;
    private static final int LEAST_SIDE = 10;

    private final double delta;
    /** By size, 2^i outcomes each; the newest first. A bucket is the number of its outcomes that were so. */
    private final List<Deque<Integer>> sizes = new ArrayList<>();

    private long width;
    private long ones;

    /**
     * The rate is another one.
     *
     * @param before share of outcomes that were so before
     * @param after since then
     * @param bound by how much they may differ by chance
     */
    public record Change(double before, double after, double bound) {}

    /** @param delta probability of a change that is none, about; above 0 and below 1 */
    public Adwin(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + ", expected above 0 and below 1");
        }
        this.delta = delta;
    }

    /** How many outcomes it keeps. */
    public long width() {
        return width;
    }

    /** Adds an outcome; a change if older ones had to go. */
    public Optional<Change> add(boolean so) {
        insert(0, so ? 1 : 0);
        width++;
        ones += so ? 1 : 0;
        Optional<Change> first = Optional.empty();
        Optional<Change> found = change();
        while (found.isPresent()) {
            first = first.isPresent() ? first : found;
            dropOldest();
            found = change();
        }
        return first;
    }

    private void insert(int size, int bucket) {
        if (sizes.size() == size) {
            sizes.add(new ArrayDeque<>());
        }
        Deque<Integer> row = sizes.get(size);
        row.addFirst(bucket);
        if (row.size() > BUCKETS_OF_A_SIZE) {
            insert(size + 1, row.removeLast() + row.removeLast());
        }
    }

    private void dropOldest() {
        int size = sizes.size() - 1;
        ones -= sizes.get(size).removeLast();
        width -= 1L << size;
        if (sizes.get(size).isEmpty()) {
            sizes.removeLast();
        }
    }

    /** The first place, from the oldest on, where the two sides differ by more than chance. */
    private Optional<Change> change() {
        long older = 0;
        long olderOnes = 0;
        for (int size = sizes.size() - 1; size >= 0; size--) {
            Iterator<Integer> oldestFirst = sizes.get(size).descendingIterator();
            while (oldestFirst.hasNext()) {
                older += 1L << size;
                olderOnes += oldestFirst.next();
                long newer = width - older;
                if (older < LEAST_SIDE || newer < LEAST_SIDE) {
                    continue;
                }
                double before = (double) olderOnes / older;
                double after = (double) (ones - olderOnes) / newer;
                double bound = bound(older, newer);
                if (Math.abs(before - after) > bound) {
                    return Optional.of(new Change(before, after, bound));
                }
            }
        }
        return Optional.empty();
    }

    private double bound(long older, long newer) {
        double harmonic = 1 / (1.0 / older + 1.0 / newer);
        double rate = (double) ones / width;
        double log = Math.log(2 * Math.log(width) / delta);
        return Math.sqrt(2 / harmonic * rate * (1 - rate) * log) + 2 / (3 * harmonic) * log;
    }
}
