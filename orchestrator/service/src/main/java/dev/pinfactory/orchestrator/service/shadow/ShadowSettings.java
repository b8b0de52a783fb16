package dev.pinfactory.orchestrator.service.shadow;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How shadow versions are called.
 *
 * @param concurrency calls at a time, of all of them together; what comes beyond is left out and counted
 * @param timeout of one call
 * @param queue comparisons that wait to be written; what comes beyond is dropped and counted
 */
public record ShadowSettings(
        @DefaultValue("8") int concurrency,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("1000") int queue) {
    public ShadowSettings {
        if (concurrency < 0 || queue < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "shadows: concurrency 0 or more, a queue of 1 or more and a timeout are expected, got "
                            + concurrency + ", " + queue + " and " + timeout);
        }
    }
}
