package dev.pinfactory.specialists.training.store;

import java.time.Instant;

/** Something that came in and could not be used. */
public record DeadLetter(String source, String id, String content, String reason, Instant receivedAt) {}
