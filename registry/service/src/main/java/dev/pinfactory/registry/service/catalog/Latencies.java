package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.registry.client.LatencyBuckets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How many calls took how long, by bucket; zeros at the end are left out. */
public record Latencies(List<Long> counts) {
    public static final Latencies NONE = new Latencies(List.of());

    public Latencies {
        int length = counts.size();
        while (length > 0 && counts.get(length - 1) == 0) {
            length--;
        }
        if (length > LatencyBuckets.COUNT) {
            throw new IllegalArgumentException(
                    "there are " + length + " buckets, at most " + LatencyBuckets.COUNT + " are known");
        }
        counts = List.copyOf(counts.subList(0, length));
    }

    Latencies plus(Latencies other) {
        List<Long> sum = new ArrayList<>(Collections.nCopies(Math.max(counts.size(), other.counts.size()), 0L));
        for (int i = 0; i < sum.size(); i++) {
            sum.set(i, Math.addExact(at(i), other.at(i)));
        }
        return new Latencies(sum);
    }

    private long at(int bucket) {
        return bucket < counts.size() ? counts.get(bucket) : 0;
    }

    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** What this share of the calls did not exceed, as the end of its bucket. */
    public Optional<Duration> quantile(double share) {
        long wanted = (long) Math.ceil(share * total());
        long seen = 0;
        for (int i = 0; i < counts.size(); i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return Optional.of(LatencyBuckets.upTo(i));
            }
        }
        return Optional.empty();
    }

    /** The calls that surely took longer. */
    public long above(Duration limit) {
        return counts.stream()
                .skip(LatencyBuckets.of(limit) + 1L)
                .mapToLong(Long::longValue)
                .sum();
    }
}
