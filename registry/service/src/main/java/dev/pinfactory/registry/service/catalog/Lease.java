package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The promise of an endpoint to be alive until a moment, for the versions that it serves. */
public record Lease(String id, Endpoint endpoint, List<Served> serves, Duration length, Instant expiresAt) {
    public Lease {
        serves = List.copyOf(serves);
    }

    /** A version that the endpoint serves. */
    public record Served(String specialist, String number) {}

    public boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
