import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Calls a swarm over gRPC with a deadline, an idempotency key and retries:
 *
 * <pre>java -cp "orchestrator/cli/target/lib/*" examples/clients/RunTask.java localhost:9090</pre>
 *
 * With the key a retry can't run the task twice: the swarm answers with the first one's result.
 */
class RunTask {
    private static final Metadata.Key<String> IDEMPOTENCY_KEY =
            Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<Status.Code> WORTH_A_RETRY =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.RESOURCE_EXHAUSTED, Status.Code.ABORTED);
    private static final int TRIES = 4;

    public static void main(String[] arguments) throws Exception {
        Task task = Task.newBuilder()
                .setInstruction("In which language is this message written, and is its tone positive or negative?")
                .addInputs(Artifact.newBuilder()
                        .setName("message")
                        .setType("text")
                        .setText("The delivery was fast and the lamp is wonderful, thank you!"))
                .build();
        ManagedChannel channel = Grpc.newChannelBuilder(arguments[0], InsecureChannelCredentials.create())
                .build();
        try {
            TaskResult result = run(channel, task, UUID.randomUUID().toString());
            System.out.println(result.getStatus() + " " + JsonFormat.printer().print(result.getOutput()));
        } finally {
            channel.shutdownNow();
        }
    }

    private static TaskResult run(ManagedChannel channel, Task task, String key) throws Exception {
        Metadata headers = new Metadata();
        headers.put(IDEMPOTENCY_KEY, key);
        var stub = SwarmServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        long waitMillis = 200;
        for (int attempt = 1; ; attempt++) {
            try {
                return stub.withDeadlineAfter(10, TimeUnit.SECONDS)
                        .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                        .getResult();
            } catch (StatusRuntimeException e) {
                if (attempt == TRIES || !WORTH_A_RETRY.contains(e.getStatus().getCode())) {
                    throw e;
                }
                CompletableFuture.runAsync(
                                () -> {}, CompletableFuture.delayedExecutor(waitMillis, TimeUnit.MILLISECONDS))
                        .get();
                waitMillis *= 2;
            }
        }
    }
}
