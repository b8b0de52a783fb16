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
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
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
import java.util.concurrent.TimeoutException;

/**
 * One call to one endpoint, through its breaker and bulkhead, with the time that is left as its gRPC deadline, its grant and its trace. It is not made when there is no
 * time left, and given up when the endpoint is not there any more.
 */
public final class GuardedCall {
    static final Metadata.Key<byte[]> GRANT = Metadata.Key.of("pinfactory-grant-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private final Channels channels;
    private final StepGrants grants;
    private final Tracing tracing;
    private final Presence presence;
    private final Duration probeAfter;
    private final Duration maxBulkheadWait;
    private final Clock clock;

    public GuardedCall(Channels channels, StepGrants grants, Tracing tracing, DispatchSettings settings, Clock clock) {
        this.channels = channels;
        this.presence = new Presence(channels, settings.probeTimeout());
        this.probeAfter = settings.probeAfter();
        this.maxBulkheadWait = settings.maxBulkheadWait();
        this.grants = grants;
        this.tracing = tracing;
        this.clock = clock;
    }

    InferResponse call(EndpointGuard guard, PreparedCall call, Instant deadline, Silence silence)
            throws InterruptedException {
        String specialist = call.request().getSpecialist();
        enter(guard, specialist);
        try (Patience patience = new Patience(guard, presence, probeAfter, silence)) {
            requireTime(deadline);
            if (!guard.breaker().tryAcquirePermission()) {
                throw new PinfactoryException(
                        ErrorCode.SPECIALIST_UNAVAILABLE,
                        "the circuit breaker of every endpoint of '" + specialist + "' is open",
                        CallNotPermittedException.createCallNotPermittedException(guard.breaker()));
            }
            return measured(guard, call, deadline, patience);
        } finally {
            guard.bulkhead().onComplete();
        }
    }

    /** Waits for a place, unless nobody who has one was answered for as long as that would take. */
    private void enter(EndpointGuard guard, String specialist) throws InterruptedException {
        long longest = Math.max(maxBulkheadWait.toNanos(), guard.longWait().toNanos());
        boolean stuck = guard.full() && guard.silentSince(System.nanoTime() - longest);
        if (stuck || !guard.bulkhead().tryAcquirePermission()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_OVERLOADED, "specialist '" + specialist + "' has as many calls as it takes");
        }
    }

    private InferResponse measured(EndpointGuard guard, PreparedCall call, Instant deadline, Patience patience)
            throws InterruptedException {
        long start = System.nanoTime();
        try (Tracing.Span span = tracing.startCall("pinfactory.v1.SpecialistService/Infer")) {
            span.tag("specialist", call.request().getSpecialist());
            InferResponse response = send(guard.address(), call, deadline, span, patience);
            guard.succeeded(System.nanoTime() - start);
            return response;
        } catch (StatusRuntimeException failure) {
            PinfactoryException error = SpecialistErrors.of(call.request().getSpecialist(), failure);
            note(guard, System.nanoTime() - start, error);
            throw error;
        } catch (InterruptedException e) {
            // Whoever cancels at the deadline may be faster than gRPC, and the endpoint has not answered all the same.
            if (clock.instant().isBefore(deadline)) {
                guard.breaker().releasePermission();
            } else {
                guard.givenUp(System.nanoTime() - start, e);
            }
            throw e;
        } catch (RuntimeException e) {
            guard.breaker().releasePermission();
            throw e;
        }
    }

    private static void note(EndpointGuard guard, long took, PinfactoryException error) {
        if (error.code() == ErrorCode.SPECIALIST_TIMEOUT) {
            guard.givenUp(took, error);
            return;
        }
        if (error.code() != ErrorCode.SPECIALIST_UNAVAILABLE) {
            guard.answered();
        }
        if (SpecialistErrors.blamesEndpoint(error.code())) {
            guard.failed(took, error);
        } else {
            guard.breaker().releasePermission();
        }
    }

    private InferResponse send(
            String address, PreparedCall call, Instant deadline, Tracing.Span span, Patience patience)
            throws InterruptedException {
        if (call.content().isEmpty()) {
            return sendInline(address, call.request(), deadline, span, patience);
        }
        try {
            return ReferencingCall.send(
                    SpecialistServiceGrpc.newBlockingV2Stub(channels.channel(address))
                            .withInterceptors(headers(call.request(), deadline, span))
                            .withDeadlineAfter(requireTime(deadline))
                            .withMaxInboundMessageSize(Channels.MAX_MESSAGE_BYTES),
                    call,
                    patience);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
            // Not one of the SDK's: it gets everything at once, as far as a message carries it.
            return sendInline(address, call.inline(), deadline, span, patience);
        }
    }

    private InferResponse sendInline(
            String address, InferRequest request, Instant deadline, Tracing.Span span, Patience patience)
            throws InterruptedException {
        ListenableFuture<InferResponse> answer = SpecialistServiceGrpc.newFutureStub(channels.channel(address))
                .withInterceptors(headers(request, deadline, span))
                .withDeadlineAfter(requireTime(deadline))
                .withMaxInboundMessageSize(Channels.MAX_MESSAGE_BYTES)
                .infer(request);
        try {
            while (true) {
                try {
                    return answer.get(patience.nanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    patience.look();
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StatusRuntimeException failure
                    ? failure
                    : Status.UNKNOWN.withCause(e.getCause()).asRuntimeException();
        } finally {
            // After the end it does nothing.
            answer.cancel(true);
        }
    }

    private Duration requireTime(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw new PinfactoryException(ErrorCode.SPECIALIST_TIMEOUT, "no time is left to call the specialist");
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
