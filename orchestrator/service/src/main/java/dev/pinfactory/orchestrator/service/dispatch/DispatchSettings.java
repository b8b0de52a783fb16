package dev.pinfactory.orchestrator.service.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How specialists are called. The breaker's defaults: five failures in a row open it, whatever was before.
 *
 * @param maxAttempts calls for one step or item, the first included; fallbacks are the engine's and count anew
 * @param retryShare retries for each call that succeeds, of each specialist: 0.1 lets one that sometimes fails have a tenth more calls than a healthy one
 * @param retryBurst retries that a specialist may have at once, and all that one has that always fails; as many as an endpoint has calls at a time, for it loses
 *     them together when it dies
 * @param failoverBackoff upper bound of the random wait before a retry at an endpoint that was not tried yet
 * @param firstBackoff upper bound of the random wait before a first retry where all endpoints were tried; doubles. Who failed there together does not come back together
 * @param longestBackoff upper bound of any wait that no endpoint asked for
 * @param concurrencyPerEndpoint calls at a time where the endpoint does not say how many it takes
 * @param maxBulkheadWait how long a call waits for a free place at its endpoint
 * @param breakerWindow how many of an endpoint's last calls are looked at
 * @param breakerMinimum from how many on its circuit breaker may open
 * @param breakerFailurePercent of failed calls that opens it
 * @param breakerOpen how long it stays open before two calls try again
 * @param probeAfter how long a call waits before its endpoint is asked whether it is there; doubles
 * @param probeTimeout how long it has to say so
 */
public record DispatchSettings(
        @DefaultValue("3") int maxAttempts,
        @DefaultValue("0.1") double retryShare,
        @DefaultValue("64") int retryBurst,
        @DefaultValue("50ms") Duration failoverBackoff,
        @DefaultValue("500ms") Duration firstBackoff,
        @DefaultValue("2s") Duration longestBackoff,
        @DefaultValue("64") int concurrencyPerEndpoint,
        @DefaultValue("2s") Duration maxBulkheadWait,
        @DefaultValue("10") int breakerWindow,
        @DefaultValue("5") int breakerMinimum,
        @DefaultValue("50") float breakerFailurePercent,
        @DefaultValue("5s") Duration breakerOpen,
        @DefaultValue("1s") Duration probeAfter,
        @DefaultValue("3s") Duration probeTimeout) {
    public DispatchSettings {
        atLeast("max-attempts", 1, maxAttempts);
        atLeast("retry-share", 0, retryShare);
        atLeast("retry-burst", 0, retryBurst);
        atLeast("concurrency-per-endpoint", 1, concurrencyPerEndpoint);
        atLeast("breaker-window", 1, breakerWindow);
        atLeast("breaker-minimum", 1, breakerMinimum);
        positive("failover-backoff", failoverBackoff);
        positive("first-backoff", firstBackoff);
        positive("longest-backoff", longestBackoff);
        positive("breaker-open", breakerOpen);
        positive("probe-after", probeAfter);
        positive("probe-timeout", probeTimeout);
        if (maxBulkheadWait.isNegative()) {
            throw new IllegalArgumentException(
                    "dispatch.max-bulkhead-wait: 0 or more is expected, got " + maxBulkheadWait);
        }
        if (!(breakerFailurePercent > 0 && breakerFailurePercent <= 100)) {
            throw new IllegalArgumentException(
                    "dispatch.breaker-failure-percent: more than 0 and at most 100 is expected, got "
                            + breakerFailurePercent);
        }
    }

    private static void atLeast(String name, int least, double value) {
        if (!(value >= least)) {
            throw new IllegalArgumentException(
                    "dispatch." + name + ": at least " + least + " is expected, got " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("dispatch." + name + ": more than 0 is expected, got " + value);
        }
    }
}
