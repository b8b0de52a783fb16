package dev.pinfactory.orchestrator.service.dispatch;

import com.google.common.util.concurrent.ListenableFuture;
import dev.pinfactory.orchestrator.service.content.PreparedCall;
import dev.pinfactory.orchestrator.service.trace.Tracing;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.client.Channels;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One call to one endpoint, through its breaker and bulkhead, with the time that is left as its gRPC deadline, its grant and its trace. */
public final class GuardedCall {
    private static final Metadata.Key<byte[]> GRANT =
            Metadata.Key.of("pinfactory-grant-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private final Channels channels;
    private final StepGrants grants;
    private final Tracing tracing;
    private final Clock clock;

    public GuardedCall(Channels channels, StepGrants grants, Tracing tracing, Clock clock) {
        this.channels = channels;
        this.grants = grants;
        this.tracing = tracing;
        this.clock = clock;
    }

    InferResponse call(EndpointGuard guard, PreparedCall call, Instant deadline) throws InterruptedException {
        String specialist = call.request().getSpecialist();
        if (!guard.bulkhead().tryAcquirePermission()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_OVERLOADED, "specialist '" + specialist + "' has as many calls as it takes");
        }
        try {
            if (!guard.breaker().tryAcquirePermission()) {
                throw new PinfactoryException(
                        ErrorCode.SPECIALIST_UNAVAILABLE,
                        "the circuit breaker of every endpoint of '" + specialist + "' is open");
            }
            return measured(guard.breaker(), guard.address(), call, deadline);
        } finally {
            guard.bulkhead().onComplete();
        }
    }

    private InferResponse measured(CircuitBreaker breaker, String address, PreparedCall call, Instant deadline)
            throws InterruptedException {
        long start = System.nanoTime();
        try (Tracing.Span span = tracing.startCall("pinfactory.v1.SpecialistService/Infer")) {
            span.tag("specialist", call.request().getSpecialist());
            InferResponse response = send(address, call, deadline, span);
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return response;
        } catch (StatusRuntimeException failure) {
            PinfactoryException error = SpecialistErrors.of(call.request().getSpecialist(), failure);
            if (SpecialistErrors.blamesEndpoint(error.code())) {
                breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, error);
            } else {
                breaker.releasePermission();
            }
            throw error;
        } catch (InterruptedException | RuntimeException e) {
            breaker.releasePermission();
            throw e;
        }
    }

    private InferResponse send(String address, PreparedCall call, Instant deadline, Tracing.Span span)
            throws InterruptedException {
        if (call.content().isEmpty()) {
            return sendInline(address, call.request(), deadline, span);
        }
        try {
            return ReferencingCall.send(
                    SpecialistServiceGrpc.newBlockingV2Stub(channels.channel(address))
                            .withInterceptors(headers(call.request(), deadline, span))
                            .withDeadlineAfter(left(deadline))
                            .withMaxInboundMessageSize(Channels.MAX_MESSAGE_BYTES),
                    call);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
            // Not one of the SDK's: it gets everything at once, as far as a message carries it.
            return sendInline(address, call.inline(), deadline, span);
        }
    }

    private InferResponse sendInline(String address, InferRequest request, Instant deadline, Tracing.Span span)
            throws InterruptedException {
        ListenableFuture<InferResponse> answer = SpecialistServiceGrpc.newFutureStub(channels.channel(address))
                .withInterceptors(headers(request, deadline, span))
                .withDeadlineAfter(left(deadline))
                .withMaxInboundMessageSize(Channels.MAX_MESSAGE_BYTES)
                .infer(request);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StatusRuntimeException failure
                    ? failure
                    : Status.UNKNOWN.withCause(e.getCause()).asRuntimeException();
        }
    }

    private Duration left(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw Status.DEADLINE_EXCEEDED.asRuntimeException();
        }
        return left;
    }

    private ClientInterceptor headers(InferRequest request, Instant deadline, Tracing.Span span) {
        Metadata headers = new Metadata();
        grants.sign(request, deadline).ifPresent(grant -> headers.put(GRANT, grant));
        span.inject(headers);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
