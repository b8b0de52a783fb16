package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Version;

/** A version moved from one state to another: what the audit log and the outbox say. */
public record VersionMove(
        String specialist,
        String number,
        Version.State from,
        Version.State to,
        int weightPercent,
        String actor,
        String reason) {}
