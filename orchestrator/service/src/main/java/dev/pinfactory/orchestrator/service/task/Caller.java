package dev.pinfactory.orchestrator.service.task;

import java.time.Instant;
import java.util.Optional;

/**
 * Who calls, and under which terms.
 *
 * @param idempotencyKey makes the task durable, and its repeats the same task
 * @param deadline of the call itself
 */
public record Caller(String tenant, Optional<String> idempotencyKey, Optional<Instant> deadline) {}
