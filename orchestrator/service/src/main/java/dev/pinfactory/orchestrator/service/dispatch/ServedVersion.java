package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.proto.v1.Endpoint;

/** A version of a specialist at an endpoint. */
public record ServedVersion(String specialist, String version, Endpoint endpoint) {}
