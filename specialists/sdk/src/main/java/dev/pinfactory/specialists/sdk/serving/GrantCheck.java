package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.v1.InferRequest;

/** Whether a call may run: with grants required, only what the orchestrator signed. */
@FunctionalInterface
public interface GrantCheck {
    /**
     * @param grant the metadata's bytes; empty when there are none
     * @param version the version that would answer
     * @throws dev.pinfactory.proto.error.PinfactoryException PERMISSION_DENIED
     */
    void check(byte[] grant, InferRequest request, String version);

    /** Where the network alone decides who may call: on loopback in development, or with mutual TLS. */
    static GrantCheck none() {
        return (grant, request, version) -> {};
    }
}
