package dev.pinfactory.orchestrator.service.outcome;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.VersionCounters;
import dev.pinfactory.registry.client.LatencyBuckets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what became of the calls of each version since the counts were last taken. Thread-safe. */
public final class VersionOutcomes {
    /** What one report may hold. Versions beyond it are not counted until it is taken. */
    private static final int MAX_VERSIONS = 2_000;

    // Guarded by this.
    private final Map<Key, Tally> tallies = new HashMap<>();

    private record Key(String specialist, String version) {}

    /** @param took with all its attempts */
    public synchronized void answered(String specialist, String version, boolean abstained, Duration took) {
        Tally tally = tally(specialist, version);
        tally.called(took);
        if (abstained) {
            tally.abstentions++;
        }
    }

    /** A call that failed. One that failed by no fault of the specialist, or because what it was not sure of was not wanted, is none of its failures. */
    public synchronized void failed(String specialist, String version, ErrorCode code, Duration took) {
        if (code.fault() != ErrorCode.Fault.SPECIALIST || code == ErrorCode.LOW_CONFIDENCE) {
            return;
        }
        Tally tally = tally(specialist, version);
        tally.called(took);
        tally.failures++;
    }

    /** An answer that was counted before has turned out not to keep the contract. */
    public synchronized void invalid(String specialist, String version) {
        tally(specialist, version).failures++;
    }

    /** A call beside the champion's was answered, and compared with what it said. */
    public synchronized void compared(String specialist, String version, boolean agreed, Duration took) {
        Tally tally = tally(specialist, version);
        tally.compared++;
        tally.shadowLatency[LatencyBuckets.of(took)]++;
        if (agreed) {
            tally.agreed++;
        }
    }

    /** A call beside the champion's failed. */
    public synchronized void shadowFailed(String specialist, String version, Duration took) {
        Tally tally = tally(specialist, version);
        tally.shadowFailures++;
        tally.shadowLatency[LatencyBuckets.of(took)]++;
    }

    /** A person said whether a result was right. */
    public synchronized void confirmed(String specialist, String version, boolean right) {
        Tally tally = tally(specialist, version);
        if (right) {
            tally.right++;
        } else {
            tally.wrong++;
        }
    }

    /** What has been counted since the last time. No more failures than calls: an answer's fault may show after its call was taken, and waits for the next one. */
    public synchronized List<VersionCounters> take() {
        List<VersionCounters> taken = new ArrayList<>();
        Map<Key, Tally> left = new HashMap<>();
        tallies.forEach((key, tally) -> {
            Counters counters = tally.counters();
            if (!counters.equals(Counters.getDefaultInstance())) {
                taken.add(VersionCounters.newBuilder()
                        .setSpecialist(key.specialist())
                        .setVersion(key.version())
                        .setCounters(counters)
                        .build());
            }
            long late = tally.failures - counters.getFailures();
            if (late > 0) {
                left.put(key, new Tally(late));
            }
        });
        tallies.clear();
        tallies.putAll(left);
        return taken;
    }

    private Tally tally(String specialist, String version) {
        Key key = new Key(specialist, version);
        Tally known = tallies.get(key);
        if (known != null) {
            return known;
        }
        Tally fresh = new Tally(0);
        if (tallies.size() < MAX_VERSIONS) {
            tallies.put(key, fresh);
        }
        return fresh;
    }

    private static final class Tally {
        private long calls;
        private long failures;
        private long abstentions;
        private final long[] latency = new long[LatencyBuckets.COUNT];
        private long compared;
        private long agreed;
        private long shadowFailures;
        private final long[] shadowLatency = new long[LatencyBuckets.COUNT];
        private long wrong;
        private long right;

        private Tally(long failures) {
            this.failures = failures;
        }

        private void called(Duration took) {
            calls++;
            latency[LatencyBuckets.of(took)]++;
        }

        private Counters counters() {
            return Counters.newBuilder()
                    .setCalls(calls)
                    .setFailures(Math.min(failures, calls))
                    .setAbstentions(abstentions)
                    .addAllLatency(counted(latency))
                    .setCompared(compared)
                    .setAgreed(agreed)
                    .setShadowFailures(shadowFailures)
                    .addAllShadowLatency(counted(shadowLatency))
                    .setConfirmedWrong(wrong)
                    .setConfirmedRight(right)
                    .build();
        }

        private static List<Long> counted(long[] buckets) {
            int last = buckets.length;
            while (last > 0 && buckets[last - 1] == 0) {
                last--;
            }
            return Arrays.stream(buckets, 0, last).boxed().toList();
        }
    }
}
