package dev.pinfactory.orchestrator.service.store;

import java.time.Instant;

/**
 * A caller's word for "this is the same request".
 *
 * @param bodyDigest what the request was, to tell a repeat from a mistake
 */
public record IdempotencyKey(String name, String bodyDigest, Instant expiresAt) {}
