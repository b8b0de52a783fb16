package dev.pinfactory.orchestrator.service.quota;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use from midnight to midnight, UTC. What is not there has no limit.
 *
 * @param tasks that are accepted
 * @param cpuSeconds of specialists, as they report them
 * @param llm money for language models, in the currency of the quotas
 */
public record Quota(
        @Nullable Long tasks,
        @Nullable Double cpuSeconds,
        @Nullable BigDecimal llm) {
    /** No limit at all. */
    static final Quota NONE = new Quota(null, null, null);

    public Quota {
        boolean negative = tasks != null && tasks < 0
                || cpuSeconds != null && !(cpuSeconds >= 0)
                || llm != null && llm.signum() < 0;
        if (negative) {
            throw new IllegalArgumentException("a quota has tasks, cpu-seconds and llm of at least 0, got " + tasks
                    + ", " + cpuSeconds + ", " + llm);
        }
    }
}
