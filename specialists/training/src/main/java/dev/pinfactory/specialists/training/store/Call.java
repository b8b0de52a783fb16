package dev.pinfactory.specialists.training.store;

import java.time.Instant;

/**
 * What a specialist was given, and what it said.
 *
 * @param eventId of the event that told it
 * @param item index of a {@code for_each} item; {@link #NO_ITEM} for a single call
 * @param label empty where it would not say
 * @param confidence 0 to 1
 */
public record Call(
        String eventId,
        String taskId,
        String step,
        int item,
        String specialist,
        String version,
        String tenant,
        Instant at,
        String text,
        String label,
        double confidence) {
    public static final int NO_ITEM = -1;
}
