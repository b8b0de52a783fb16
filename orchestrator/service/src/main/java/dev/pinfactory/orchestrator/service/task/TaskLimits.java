package dev.pinfactory.orchestrator.service.task;

import java.time.Duration;

/**
 * Time limits of tasks.
 *
 * @param defaultTimeout of a task that names none
 * @param maxTimeout the longest that a task may ask for; longer wishes are cut to it
 * @param keyRetention how long an idempotency key stands for its first request
 */
public record TaskLimits(Duration defaultTimeout, Duration maxTimeout, Duration keyRetention) {}
