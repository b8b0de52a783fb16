package dev.pinfactory.orchestrator.service.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What is known of an API key; not its secret. */
record ApiKey(
        String id,
        String tenant,
        String name,
        Set<Role> roles,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked) {
    ApiKey {
        roles = Set.copyOf(roles);
    }

    boolean isGood(Instant now) {
        return revoked.isEmpty() && expires.map(now::isBefore).orElse(true);
    }
}
