package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.v1.CostHint;
import dev.pinfactory.proto.v1.Version;
import java.time.Duration;
import java.util.Map;

/** How long a call of a specialist takes, from the cost hints of its version. A hint is a card's word, hence bounded. */
final class Estimates {
    /** A slow call is about this many typical ones; used where a card gives only its median. */
    private static final int TYPICAL_TO_SLOW = 3;

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<String, Version> versions;
    private final Duration byDefault;

    Estimates(Map<String, Version> versions, Duration byDefault) {
        this.versions = versions;
        this.byDefault = byDefault;
    }

    /** A slow call rather than a typical one: the time is reserved for steps that have not begun. */
    Duration of(String specialist) {
        Version version = versions.get(specialist);
        if (version == null || !version.hasCost()) {
            return byDefault;
        }
        CostHint hint = version.getCost();
        Duration slow = nanos(hint.getP99());
        if (!slow.isZero()) {
            return slow;
        }
        Duration typical = nanos(hint.getP50());
        return typical.isZero() ? byDefault : typical.multipliedBy(TYPICAL_TO_SLOW);
    }

    private static Duration nanos(com.google.protobuf.Duration hint) {
        if (!Durations.isValid(hint) || hint.getSeconds() >= LONGEST.toSeconds()) {
            return hint.getSeconds() > 0 ? LONGEST : Duration.ZERO;
        }
        return Durations.isNegative(hint) ? Duration.ZERO : Duration.ofSeconds(hint.getSeconds(), hint.getNanos());
    }
}
