package dev.pinfactory.orchestrator.service.store;

/**
 * The right to write for a task, until somebody claims it anew.
 *
 * @param epoch raised by each claim; a write with another epoch than the task's is refused
 */
public record Claim(String tenant, String taskId, long epoch) {}
