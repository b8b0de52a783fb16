package dev.pinfactory.faults.swarm;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.util.Durations;
import dev.pinfactory.load.Answer;
import dev.pinfactory.load.Stalls;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.RunTaskResponse;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers of tasks of which one half needs the specialist behind the network of a {@link HoledSwarm}. Thread-safe. */
public final class PartialCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHOWN = 5;
    private static final Set<String> REASONS =
            Set.of("SPECIALIST_UNAVAILABLE", "SPECIALIST_TIMEOUT", "SPECIALIST_OVERLOADED");

    private final ManagedChannel channel;
    private final RunTaskRequest request;
    private final Duration timeout;
    private final Duration allowed;
    private final Stalls stalls;
    private final AtomicInteger partial = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /**
     * @param timeout of each task
     * @param allowed how much later the answer may come
     */
    public PartialCalls(String address, Duration timeout, Duration allowed, Stalls stalls) {
        this.channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        this.timeout = timeout;
        this.allowed = allowed;
        this.stalls = stalls;
        this.request = RunTaskRequest.newBuilder()
                .setTask(Tasks.beside("half", HoledSwarm.HOLED, Durations.fromMillis(timeout.toMillis())))
                .build();
    }

    /** Sends one. It is good when it is complete. */
    public CompletionStage<Answer> send() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        long begin = System.nanoTime();
        Futures.addCallback(
                SwarmServiceGrpc.newFutureStub(channel)
                        .withDeadlineAfter(PATIENCE)
                        .runTask(request),
                new FutureCallback<>() {
                    @Override
                    public void onSuccess(RunTaskResponse response) {
                        answer.complete(judge(response.getResult(), begin));
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        if (Status.fromThrowable(failure).getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                            answer.complete(Answer.REFUSED);
                            return;
                        }
                        note(String.valueOf(failure.getMessage()));
                        answer.complete(Answer.FAILED);
                    }
                },
                MoreExecutors.directExecutor());
        return answer;
    }

    private Answer judge(TaskResult result, long begin) {
        long end = System.nanoTime();
        Duration late = Duration.ofNanos(end - begin).minus(timeout);
        if (late.compareTo(allowed.plus(stalls.between(begin, end))) > 0) {
            note("answered " + late.toMillis() + " ms after its time limit");
        }
        if (result.getStatus() == TaskResult.Status.COMPLETE) {
            return Answer.GOOD;
        }
        partial.incrementAndGet();
        if (!saysWhy(result)) {
            note("a result that does not say what is missing and why: " + result.getStatus() + " "
                    + result.getStepsList());
        }
        return Answer.FAILED;
    }

    /** The half that needs nobody else is there, and the other one's step has its reason. */
    private static boolean saysWhy(TaskResult result) {
        return result.getStatus() == TaskResult.Status.PARTIAL
                && result.getOutput().getStructValue().containsFields("text")
                && result.getStepsList().stream()
                        .filter(step -> step.getStep().equals(Tasks.OTHER))
                        .allMatch(step -> step.getOutcome() == StepReport.Outcome.FAILED
                                && REASONS.contains(step.getCode())
                                && !step.getDetail().isEmpty());
    }

    private void note(String what) {
        if (wrong.size() < SHOWN) {
            wrong.add(what);
        }
    }

    /** How many results were partial. */
    public int partial() {
        return partial.get();
    }

    /** Some that were late, or did not say why they were partial. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
