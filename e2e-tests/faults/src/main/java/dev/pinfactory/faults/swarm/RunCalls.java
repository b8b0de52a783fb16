package dev.pinfactory.faults.swarm;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import dev.pinfactory.load.Answer;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.RunTaskResponse;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Callers who wait for their result, each for a few seconds, over several connections. Thread-safe. */
public final class RunCalls implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHOWN = 3;
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final List<ManagedChannel> channels;
    private final RunTaskRequest request;
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<String> untyped = new ConcurrentLinkedQueue<>();

    public RunCalls(String address) {
        channels = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                        .build())
                .toList();
        Task task = Tasks.of("load", 1);
        request = RunTaskRequest.newBuilder().setTask(task).build();
    }

    /** Sends one. */
    public CompletionStage<Answer> send() {
        ManagedChannel channel = channels.get(Math.floorMod(sent.getAndIncrement(), CONNECTIONS));
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Futures.addCallback(
                SwarmServiceGrpc.newFutureStub(channel)
                        .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .runTask(request),
                new FutureCallback<>() {
                    @Override
                    public void onSuccess(RunTaskResponse response) {
                        boolean complete = response.getResult().getStatus() == TaskResult.Status.COMPLETE;
                        answer.complete(complete ? Answer.GOOD : Answer.FAILED);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        answer.complete(refusal(failure));
                    }
                },
                MoreExecutors.directExecutor());
        return answer;
    }

    private Answer refusal(Throwable failure) {
        if (Status.fromThrowable(failure).getCode() != Status.Code.RESOURCE_EXHAUSTED) {
            return Answer.FAILED;
        }
        Metadata trailers = Status.trailersFromThrowable(failure);
        boolean pushback = trailers != null && trailers.containsKey(PUSHBACK);
        if ((!pushback || Errors.fromThrowable(failure).retryAfter().isEmpty()) && untyped.size() < SHOWN) {
            untyped.add(String.valueOf(failure.getMessage()));
        }
        return Answer.REFUSED;
    }

    /** Some refusals that did not say when to come again. */
    public List<String> untyped() {
        return List.copyOf(untyped);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
