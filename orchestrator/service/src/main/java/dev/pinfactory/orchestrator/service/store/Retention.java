package dev.pinfactory.orchestrator.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How long tasks are kept after their end.
 *
 * @param usual for tenants that have no time of their own
 * @param ofTenants times of their own, longer or shorter
 */
public record Retention(Duration usual, Map<String, Duration> ofTenants) {
    public Retention {
        ofTenants = Map.copyOf(ofTenants);
        ofTenants.forEach(Retention::requirePositive);
        requirePositive("others", usual);
    }

    private static void requirePositive(String tenant, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException(
                    "retention of " + tenant + " is " + time + "; expected more than nothing");
        }
    }

    Instant usualEnd(Instant now) {
        return now.minus(usual);
    }

    /** What ended before is over, for those with a time of their own. */
    Map<String, Instant> ownEnds(Instant now) {
        Map<String, Instant> ends = new HashMap<>();
        ofTenants.forEach((tenant, time) -> ends.put(tenant, now.minus(time)));
        return ends;
    }
}
