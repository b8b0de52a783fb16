package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.DescribeRequest;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.client.Channels;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The server under test, as a client sees it. */
final class Connection implements AutoCloseable {
    /** Generous: the contract is about what is answered; only the checks of deadlines are about time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Channels channels = new Channels();
    private final String address;

    Connection(String address) {
        this.address = address;
    }

    /** A second connection to the same server, to be closed. */
    Connection another() {
        return new Connection(address);
    }

    List<Card> describe() {
        return SpecialistServiceGrpc.newBlockingStub(channels.channel(address))
                .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .describe(DescribeRequest.getDefaultInstance())
                .getCardsList();
    }

    InferResponse infer(InferRequest request) {
        return infer(request, PATIENCE);
    }

    InferResponse infer(InferRequest request, Duration deadline) {
        return SpecialistServiceGrpc.newBlockingStub(channels.channel(address))
                .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .infer(request);
    }

    /** Cancelling the future cancels the call. */
    CompletableFuture<InferResponse> start(InferRequest request, Duration deadline) {
        var call = SpecialistServiceGrpc.newFutureStub(channels.channel(address))
                .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .infer(request);
        CompletableFuture<InferResponse> result = new CompletableFuture<>();
        Executor direct = Runnable::run;
        call.addListener(
                () -> {
                    try {
                        result.complete(call.get());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                },
                direct);
        result.whenComplete((response, failure) -> {
            if (result.isCancelled()) {
                call.cancel(true);
            }
        });
        return result;
    }

    ServingStatus health(String service) {
        try {
            return HealthGrpc.newBlockingStub(channels.channel(address))
                    .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus();
        } catch (StatusRuntimeException e) {
            throw new ContractViolation(
                    "grpc.health.v1 answered " + e.getStatus().getCode() + " for '" + service + "'");
        }
    }

    @Override
    public void close() {
        channels.close();
    }
}
