package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.stub.MetadataUtils;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One call of a version whose answer nobody uses: with its grant and a deadline, and past breakers, bulkheads and retries, which belong to the calls that count. */
public final class ShadowCall {
    private final Channels channels;
    private final StepGrants grants;
    private final Clock clock;

    public ShadowCall(Channels channels, StepGrants grants, Clock clock) {
        this.channels = channels;
        this.grants = grants;
        this.clock = clock;
    }

    /** @throws PinfactoryException with a code of the specialist */
    public InferResponse call(String address, InferRequest request, Instant deadline) throws InterruptedException {
        Metadata headers = new Metadata();
        grants.sign(request, deadline).ifPresent(grant -> headers.put(GuardedCall.GRANT, grant));
        try {
            return SpecialistServiceGrpc.newBlockingV2Stub(channels.channel(address))
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withDeadlineAfter(Duration.between(clock.instant(), deadline))
                    .withMaxInboundMessageSize(Channels.MAX_MESSAGE_BYTES)
                    .infer(request);
        } catch (StatusException e) {
            throw SpecialistErrors.of(request.getSpecialist(), e.getStatus().asRuntimeException(e.getTrailers()));
        }
    }
}
