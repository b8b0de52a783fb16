package dev.pinfactory.specialists.training.store;

import java.time.Instant;

/**
 * An example as it is learnt from.
 *
 * @param id rises in the order in which they came
 */
public record Example(long id, String tenant, Instant at, Origin origin, String text, String label) {}
