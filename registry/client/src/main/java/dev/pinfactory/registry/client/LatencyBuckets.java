package dev.pinfactory.registry.client;

import java.time.Duration;
import java.util.Arrays;

/** The fixed buckets of latencies, a quarter of an octave each, from 0.1 ms to 88 s: so what several processes counted can be added up. */
public final class LatencyBuckets {
    public static final int COUNT = 80;

    private static final double FIRST_NANOS = 100_000;
    private static final double IN_AN_OCTAVE = 4;
    private static final long[] UP_TO = new long[COUNT];

    static {
        Arrays.setAll(UP_TO, bucket -> Math.round(FIRST_NANOS * Math.pow(2, bucket / IN_AN_OCTAVE)));
    }

    private LatencyBuckets() {}

    /** The bucket of a latency; the first also has what is faster, the last what is slower. */
    public static int of(Duration took) {
        int found = Arrays.binarySearch(UP_TO, took.toNanos());
        return found >= 0 ? found : Math.min(-found - 1, COUNT - 1);
    }

    /** The longest latency of a bucket; of the last, the longest that it was made for. */
    public static Duration upTo(int bucket) {
        return Duration.ofNanos(UP_TO[bucket]);
    }
}
