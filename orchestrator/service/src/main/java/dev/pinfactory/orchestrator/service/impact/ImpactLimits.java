package dev.pinfactory.orchestrator.service.impact;

import java.time.Duration;

/**
 * Bounds of assessments.
 *
 * @param concurrency how many run at a time; a tenant has one of them at most
 * @param timeout of one
 */
public record ImpactLimits(int concurrency, Duration timeout) {
    public ImpactLimits {
        if (concurrency < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException("assessments.concurrency and assessments.timeout are above 0");
        }
    }
}
