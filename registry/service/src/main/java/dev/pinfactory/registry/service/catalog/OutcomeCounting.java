package dev.pinfactory.registry.service.catalog;

import static dev.pinfactory.proto.error.ErrorCode.INVALID_ARGUMENT;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.VersionCounters;
import dev.pinfactory.registry.client.LatencyBuckets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds what orchestrators report to the stages that it is about, each report once. */
public final class OutcomeCounting {
    private static final int MAX_REPORTER = 128;
    private static final int MAX_VERSIONS = 2000;
    /** In one report of one version: far more than happens, and far less than would overflow a sum. */
    private static final long MAX_COUNT = 1_000_000_000;

    private final CatalogStore store;
    private final Clock clock;

    public OutcomeCounting(CatalogStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * What versions that are neither tried nor in use did is counted nowhere.
     *
     * @return false when this report, or a later one of the reporter, was counted before
     */
    public boolean report(String reporter, long sequence, List<VersionCounters> outcomes) {
        check(reporter, sequence, outcomes);
        Instant now = clock.instant();
        Map<String, List<VersionCounters>> bySpecialist = new TreeMap<>();
        outcomes.forEach(one -> bySpecialist
                .computeIfAbsent(one.getSpecialist(), id -> new ArrayList<>())
                .add(one));
        return store.change(catalog -> {
            RolloutRecords records = catalog.rollout();
            if (records.lastReport(reporter) >= sequence) {
                return false;
            }
            records.reported(reporter, sequence, now);
            bySpecialist.forEach((specialist, counters) -> count(records, specialist, counters));
            return true;
        });
    }

    private static void count(RolloutRecords records, String specialist, List<VersionCounters> counters) {
        for (Stage stage : records.stages(specialist)) {
            Stage counted = stage;
            for (VersionCounters one : counters) {
                Counters reported = one.getCounters();
                counted = counted.counting(
                        one.getVersion(),
                        Outcomes.of(reported.toBuilder()
                                .setCorrectable(reported.getCalls())
                                .build()));
            }
            if (!counted.equals(stage)) {
                records.save(counted);
            }
        }
    }

    private static void check(String reporter, long sequence, List<VersionCounters> outcomes) {
        List<FieldViolation> violations = new ArrayList<>();
        if (reporter.isBlank() || reporter.length() > MAX_REPORTER) {
            violations.add(new FieldViolation(
                    "reporter", "has " + reporter.length() + " characters, expected 1 to " + MAX_REPORTER));
        }
        if (sequence < 1) {
            violations.add(new FieldViolation("sequence", "is " + sequence + ", expected above 0"));
        }
        if (outcomes.size() > MAX_VERSIONS) {
            violations.add(new FieldViolation("outcomes", "are " + outcomes.size() + ", at most " + MAX_VERSIONS));
        }
        for (int i = 0; i < Math.min(outcomes.size(), MAX_VERSIONS); i++) {
            check("outcomes[" + i + "].counters", outcomes.get(i).getCounters(), violations);
        }
        if (!violations.isEmpty()) {
            throw new PinfactoryException(INVALID_ARGUMENT, "the report is not usable", violations);
        }
    }

    private static void check(String at, Counters counters, List<FieldViolation> violations) {
        counts(at + ".calls", counters.getCalls(), MAX_COUNT, violations);
        counts(at + ".failures", counters.getFailures(), counters.getCalls(), violations);
        counts(at + ".abstentions", counters.getAbstentions(), counters.getCalls(), violations);
        latencies(at + ".latency", counters.getLatencyList(), counters.getCalls(), violations);
        counts(at + ".compared", counters.getCompared(), MAX_COUNT, violations);
        counts(at + ".agreed", counters.getAgreed(), counters.getCompared(), violations);
        counts(at + ".shadow_failures", counters.getShadowFailures(), MAX_COUNT, violations);
        long shadowed = counters.getCompared() + counters.getShadowFailures();
        latencies(at + ".shadow_latency", counters.getShadowLatencyList(), shadowed, violations);
        counts(at + ".confirmed_wrong", counters.getConfirmedWrong(), MAX_COUNT, violations);
        counts(at + ".confirmed_right", counters.getConfirmedRight(), MAX_COUNT, violations);
    }

    private static void counts(String field, long value, long most, List<FieldViolation> violations) {
        if (value < 0 || value > most) {
            violations.add(new FieldViolation(field, "is " + value + ", expected 0 to " + most));
        }
    }

    private static void latencies(String field, List<Long> counts, long calls, List<FieldViolation> violations) {
        if (counts.size() > LatencyBuckets.COUNT) {
            violations.add(
                    new FieldViolation(field, "has " + counts.size() + " buckets, at most " + LatencyBuckets.COUNT));
            return;
        }
        boolean possible = counts.stream().allMatch(count -> count >= 0 && count <= MAX_COUNT)
                && counts.stream().mapToLong(Long::longValue).sum() <= calls;
        if (!possible) {
            violations.add(new FieldViolation(field, "counts more calls than there were, or fewer than none"));
        }
    }
}
