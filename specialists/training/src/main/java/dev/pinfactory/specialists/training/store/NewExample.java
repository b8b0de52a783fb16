package dev.pinfactory.specialists.training.store;

import java.time.Instant;
import java.util.Optional;

/**
 * An example that came in.
 *
 * @param eventId unique in its source
 * @param taskId of the task whose call it was
 * @param benchmark never learnt from: candidates are compared by it
 */
public record NewExample(
        String source,
        String eventId,
        String specialist,
        String tenant,
        Optional<String> taskId,
        Instant at,
        Origin origin,
        String text,
        String label,
        boolean benchmark) {}
