package dev.pinfactory.specialists.adapters.openinference;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.specialists.adapters.server.ServerState;
import dev.pinfactory.specialists.adapters.wire.GRPCInferenceServiceGrpc;
import dev.pinfactory.specialists.adapters.wire.ModelInferRequest;
import dev.pinfactory.specialists.adapters.wire.ModelInferResponse;
import dev.pinfactory.specialists.adapters.wire.ModelReadyRequest;
import dev.pinfactory.specialists.adapters.wire.ServerReadyRequest;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.springframework.boot.ssl.SslBundle;

/** The server of one model. What it says of its failures stays here: it may name addresses, paths and documents. */
final class ModelServer implements AutoCloseable {
    /** How late a cancellation may reach the server. */
    private static final long CANCELLATION_CHECK_MILLIS = 10;

    private final Mapping mapping;
    private final ManagedChannel channel;
    private final ServerState calls;
    private final ServerState readiness;

    ModelServer(Mapping mapping, String specialist, Optional<SslBundle> tls) {
        this.mapping = mapping;
        String what = "the model server of '" + specialist + "' at " + mapping.address();
        this.calls = new ServerState(what + " (calls)");
        this.readiness = new ServerState(what);
        this.channel = Grpc.newChannelBuilder(mapping.address(), credentials(mapping, tls))
                .maxInboundMessageSize((int) mapping.maxMessage().toBytes())
                .build();
    }

    private static ChannelCredentials credentials(Mapping mapping, Optional<SslBundle> tls) {
        if (!mapping.encrypted()) {
            return InsecureChannelCredentials.create();
        }
        return tls.map(SslBundle::getManagers)
                .map(managers -> TlsChannelCredentials.newBuilder()
                        .keyManager(managers.getKeyManagers())
                        .trustManager(managers.getTrustManagers())
                        .build())
                .orElseGet(TlsChannelCredentials::create);
    }

    boolean ready() {
        var stub = GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(mapping.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            boolean ready =
                    stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()
                            && stub.modelReady(ModelReadyRequest.newBuilder()
                                            .setName(mapping.model())
                                            .setVersion(mapping.modelVersion())
                                            .build())
                                    .getReady();
            if (ready) {
                readiness.well();
            } else {
                readiness.failed("it says that it or its model is not ready");
            }
            return ready;
        } catch (StatusRuntimeException e) {
            readiness.failed(
                    "it can't be asked whether it is ready (" + e.getStatus().getCode() + ")");
            return false;
        }
    }

    /**
     * @param cancelled whether nobody waits any longer; the server is told within a moment
     * @param within how long the server has; without any time it is not asked
     * @throws PinfactoryException of the catalogue, without anything that the server wrote
     */
    ModelInferResponse infer(ModelInferRequest request, BooleanSupplier cancelled, Duration within) {
        if (!within.isPositive()) {
            throw nobodyWaits();
        }
        var answer = GRPCInferenceServiceGrpc.newFutureStub(channel)
                .withDeadlineAfter(within)
                .modelInfer(request);
        try {
            while (!cancelled.getAsBoolean()) {
                try {
                    ModelInferResponse response = answer.get(CANCELLATION_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                    calls.well();
                    return response;
                } catch (TimeoutException e) {
                    continue;
                }
            }
            throw nobodyWaits();
        } catch (ExecutionException e) {
            PinfactoryException failure = translated(Status.fromThrowable(e).getCode());
            calls.failed(String.valueOf(failure.getMessage()));
            throw failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PinfactoryException(ErrorCode.SPECIALIST_UNAVAILABLE, "this process is ending");
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static PinfactoryException nobodyWaits() {
        return new PinfactoryException(ErrorCode.SPECIALIST_TIMEOUT, "nobody waits for the answer any longer");
    }

    private static PinfactoryException translated(Status.Code code) {
        return switch (code) {
            // A server that goes down cancels the calls that it has.
            case UNAVAILABLE, CANCELLED ->
                new PinfactoryException(ErrorCode.SPECIALIST_UNAVAILABLE, "the model server is not available");
            case NOT_FOUND, FAILED_PRECONDITION, UNIMPLEMENTED ->
                new PinfactoryException(
                        ErrorCode.SPECIALIST_UNAVAILABLE, "the model server does not serve the model now");
            case DEADLINE_EXCEEDED ->
                new PinfactoryException(ErrorCode.SPECIALIST_TIMEOUT, "the model server did not answer in time");
            case RESOURCE_EXHAUSTED ->
                new PinfactoryException(
                        ErrorCode.SPECIALIST_OVERLOADED, "the model server is overloaded or its answer is too large");
            default -> new PinfactoryException(ErrorCode.SPECIALIST_FAILED, "the model server failed (" + code + ")");
        };
    }
}
