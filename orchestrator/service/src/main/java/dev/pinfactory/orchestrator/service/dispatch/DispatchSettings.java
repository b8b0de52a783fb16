package dev.pinfactory.orchestrator.service.dispatch;

import java.time.Duration;

/**
 * How specialists are called.
 *
 * @param maxAttempts calls for one step or item, the first included; fallbacks are the engine's and count anew
 * @param retryShare retries for each call, of each specialist: 0.1 lets a failing one have a tenth more calls than a healthy one
 * @param retryBurst retries that a specialist may have at once after a quiet time
 * @param firstBackoff upper bound of the random wait before the first retry; doubles
 * @param longestBackoff upper bound of any wait
 * @param concurrencyPerEndpoint calls at a time where the endpoint does not say how many it takes
 * @param maxBulkheadWait how long a call waits for a free place at its endpoint
 * @param breakerWindow how many of an endpoint's last calls are looked at
 * @param breakerMinimum from how many on its circuit breaker may open
 * @param breakerFailurePercent of failed calls that opens it
 * @param breakerOpen how long it stays open before two calls try again
 */
public record DispatchSettings(
        int maxAttempts,
        double retryShare,
        int retryBurst,
        Duration firstBackoff,
        Duration longestBackoff,
        int concurrencyPerEndpoint,
        Duration maxBulkheadWait,
        int breakerWindow,
        int breakerMinimum,
        float breakerFailurePercent,
        Duration breakerOpen) {
    public DispatchSettings {
        if (maxAttempts < 1 || retryShare < 0 || retryBurst < 0 || concurrencyPerEndpoint < 1) {
            throw new IllegalArgumentException("dispatch wants maxAttempts and concurrencyPerEndpoint of at least 1");
        }
    }

    /** Five failures in a row open a breaker, whatever was before. */
    public static DispatchSettings defaults() {
        return new DispatchSettings(
                3,
                0.1,
                10,
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                64,
                Duration.ofSeconds(2),
                10,
                5,
                50,
                Duration.ofSeconds(5));
    }
}
