package dev.pinfactory.faults.swarm;

import dev.pinfactory.faults.history.History;
import dev.pinfactory.faults.history.StoredReader;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A client that writes down what it is told. Thread-safe. */
public final class Client implements AutoCloseable {
    private static final Metadata.Key<String> KEY =
            Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ManagedChannel channel;
    private final History history;
    private final Duration deadline;

    /** @param deadline of each call */
    public Client(String address, History history, Duration deadline) {
        this.channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        this.history = history;
        this.deadline = deadline;
    }

    /** The service, with the deadline and a key. */
    public SwarmServiceGrpc.SwarmServiceBlockingStub withKey(String key) {
        Metadata metadata = new Metadata();
        metadata.put(KEY, key);
        return stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** The service, with the deadline. */
    public SwarmServiceGrpc.SwarmServiceBlockingStub stub() {
        return SwarmServiceGrpc.newBlockingStub(channel).withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** One try. Empty when no acknowledgement came: then the task may have been accepted all the same. */
    public Optional<String> submit(String key, Task task) {
        history.begin(key);
        try {
            String id = withKey(key)
                    .submitTask(SubmitTaskRequest.newBuilder().setTask(task).build())
                    .getTaskId();
            history.acknowledge(key, id);
            return Optional.of(id);
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    /** Submits each key's task from so many threads, again and again until it is acknowledged or nobody wants it any more. */
    public void submitAll(List<String> keys, int threads, Function<String, Task> task, BooleanSupplier wanted)
            throws InterruptedException {
        try (ExecutorService executor =
                Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory())) {
            List<Future<?>> all = keys.stream()
                    .<Future<?>>map(key -> executor.submit(() -> {
                        while (wanted.getAsBoolean()
                                && submit(key, task.apply(key)).isEmpty()) {
                            pause();
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Looks once after every task whose end was not seen yet. Answers how many have not ended. */
    public int readEnds() {
        int left = 0;
        for (String id : history.notSeenEnded()) {
            if (!readEnd(id)) {
                left++;
            }
        }
        return left;
    }

    /** A task in a few words, for whoever has to find out what went wrong. */
    public String state(String taskId) {
        try {
            TaskResult result = stub().getTask(
                            GetTaskRequest.newBuilder().setTaskId(taskId).build())
                    .getResult();
            return result.getState() + " " + result.getStatus() + " "
                    + result.getError().getMessage();
        } catch (StatusRuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Looks after one task: whether it has ended. */
    public boolean readEnd(String taskId) {
        try {
            TaskResult result = stub().getTask(
                            GetTaskRequest.newBuilder().setTaskId(taskId).build())
                    .getResult();
            String end = StoredReader.end(result);
            if (end.isEmpty()) {
                return false;
            }
            history.sawEnd(taskId, end);
            return true;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    /** Reads until every acknowledged task has ended. False when the time was over before. */
    public boolean awaitEnds(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (readEnds() > 0) {
            if (System.nanoTime() > until) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
