package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.proto.v1.InferRequest;
import java.time.Instant;
import java.util.Optional;

/** Leave for one call, signed, for the specialist to check. */
public interface StepGrants {
    /** No grants: nothing checks them. */
    StepGrants NONE = (request, deadline) -> Optional.empty();

    Optional<byte[]> sign(InferRequest request, Instant deadline);
}
