package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.UploadHeader;
import dev.pinfactory.proto.v1.UploadInputRequest;
import dev.pinfactory.proto.v1.UploadInputResponse;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What callers get wrong, through the gateway of a running swarm: the same error over REST and gRPC, and nobody else notices. The processes have
 * small heaps and end when one is full, so that all of them still being there shows that memory was bounded.
 */
@ExtendWith(UpSwarm.Shared.class)
class BadInputIT {
    private static final String GOOD = """
            {"instruction": "Which language is this note written in?",
             "inputs": [{"name": "note", "type": "text", "text": "Guten Morgen, wie geht es Ihnen heute?"}]}""";

    /** So much of a body passes the gateway before it is found too large. */
    private static final long LET_THROUGH = 65L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private List<Long> processes = List.of();

    @BeforeEach
    void before(UpSwarm swarm) {
        processes = pids(swarm);
    }

    @AfterEach
    void nothingElseIsDisturbed(UpSwarm swarm) throws Exception {
        assertThat(pids(swarm)).hasSize(5).isEqualTo(processes);
        HttpResponse<String> answer = post(swarm, GOOD, UUID.randomUUID().toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(UpSwarm.result(answer.body()).getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
    }

    private static List<Long> pids(UpSwarm swarm) {
        return SwarmProcesses.of(swarm.data()).stream()
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }

    static Stream<Arguments> wrong() {
        String many = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"name\": \"i%d\", \"type\": \"text\", \"text\": \"a\"}".formatted(i))
                .collect(Collectors.joining(",", "{\"instruction\": \"x\", \"inputs\": [", "]}"));
        String cycle = """
                {"instruction": "x", "plan": {"steps": [
                  {"id": "a", "specialist": "summary", "inputs": [{"port": "text", "sources": [{"stepOutput": {"step": "b", "output": "summary"}}]}]},
                  {"id": "b", "specialist": "summary", "inputs": [{"port": "text", "sources": [{"stepOutput": {"step": "a", "output": "summary"}}]}]}]}}""";
        return Stream.of(
                Arguments.of("an empty instruction", "{\"instruction\": \" \"}", "INVALID_ARGUMENT", "instruction"),
                Arguments.of(
                        "an unknown type",
                        "{\"instruction\": \"x\", \"inputs\": [{\"name\": \"a\", \"type\": \"smell\", \"text\": \"b\"}]}",
                        "INVALID_ARGUMENT",
                        "inputs[0].type"),
                Arguments.of("10,000 inputs", many, "INVALID_ARGUMENT", "inputs"),
                Arguments.of("a plan with a cycle", cycle, "PLAN_INVALID", "steps"),
                Arguments.of(
                        "an invalid schema",
                        "{\"instruction\": \"x\", \"outputSchema\": {\"type\": \"objekt\"}}",
                        "INVALID_ARGUMENT",
                        "outputSchema"),
                Arguments.of(
                        "an unknown specialist",
                        "{\"instruction\": \"x\", \"constraints\": {\"allowedSpecialists\": [\"ghost\"]}}",
                        "INVALID_ARGUMENT",
                        "constraints.allowedSpecialists[0]"),
                Arguments.of(
                        "a deadline in the past",
                        "{\"instruction\": \"x\", \"constraints\": {\"deadline\": \"2001-01-01T00:00:00Z\"}}",
                        "INVALID_ARGUMENT",
                        "constraints.deadline"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void isRefusedByFieldOverBoth(String what, String json, String code, String field, UpSwarm swarm) throws Exception {
        HttpResponse<String> rest = post(swarm, json, UUID.randomUUID().toString());
        assertThat(rest.statusCode()).as(rest.body()).isEqualTo(400);
        assertThat(rest.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        Struct problem = struct(rest.body());
        assertThat(problem.getFieldsOrThrow("code").getStringValue()).isEqualTo(code);
        Struct violation = problem.getFieldsOrThrow("violations")
                .getListValue()
                .getValues(0)
                .getStructValue();
        assertThat(violation.getFieldsOrThrow("field").getStringValue()).startsWith(field);

        PinfactoryException grpc = refusal(swarm, task(json), UUID.randomUUID().toString());
        assertThat(grpc.code()).isEqualTo(ErrorCode.valueOf(code));
        // The contract's names in gRPC, JSON's in REST.
        assertThat(Errors.problem(grpc).violations().getFirst().field())
                .isEqualTo(violation.getFieldsOrThrow("field").getStringValue());
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflict(UpSwarm swarm) throws Exception {
        String key = UUID.randomUUID().toString();
        String other = GOOD.replace("Guten Morgen", "Guten Abend");
        assertThat(post(swarm, GOOD, key).statusCode()).isEqualTo(200);

        HttpResponse<String> rest = post(swarm, other, key);
        PinfactoryException grpc = refusal(swarm, task(other), key);

        assertThat(struct(rest.body()).getFieldsOrThrow("code").getStringValue())
                .isEqualTo(grpc.code().name());
        assertThat(rest.statusCode()).as(rest.body()).isEqualTo(grpc.code().httpStatus());
        assertThat(grpc.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void deeplyNestedJsonIsRefused(UpSwarm swarm) throws Exception {
        String deep =
                "{\"instruction\": \"x\", \"outputSchema\": " + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_001);

        HttpResponse<String> rest = post(swarm, deep, UUID.randomUUID().toString());

        assertThat(rest.statusCode()).as(rest.body()).isEqualTo(400);
        assertThat(rest.body()).contains("nested deeper");
    }

    @Test
    void anUploadOfAGigabyteIsRefusedOverGrpc(UpSwarm swarm) throws Exception {
        BlockingClientCall<UploadInputRequest, UploadInputResponse> upload = SwarmServiceGrpc.newBlockingV2Stub(
                        swarm.channel())
                .withDeadlineAfter(Duration.ofSeconds(60))
                .uploadInput();
        upload.write(UploadInputRequest.newBuilder()
                .setHeader(UploadHeader.newBuilder().setMediaType("text/plain"))
                .build());
        UploadInputRequest chunk = UploadInputRequest.newBuilder()
                .setChunk(ByteString.copyFrom(new byte[1 << 20]))
                .build();

        StatusException refusal = catchThrowableOfType(StatusException.class, () -> {
            for (int sent = 0; sent < 1_024; sent++) {
                upload.write(chunk);
            }
            upload.read();
        });
        assertThat(Errors.fromThrowable(refusal).code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void anUploadOfAGigabyteIsRefusedOverRestWhileOthersAreServed(UpSwarm swarm) throws Exception {
        List<ResidentMemory> roles = List.of(
                ResidentMemory.of(SwarmProcesses.role(swarm.data(), "orchestrator-gateway")),
                ResidentMemory.of(SwarmProcesses.role(swarm.data(), "orchestrator-service")));
        // Its length is not announced, so that only counting can find it too large.
        ZeroUpload gigabyte = new ZeroUpload(1L << 30, 4L << 20);
        HttpRequest upload = swarm.request("/v1/inputs")
                .timeout(PATIENCE)
                .header("Content-Type", "multipart/form-data; boundary=" + ZeroUpload.BOUNDARY)
                .POST(BodyPublishers.ofInputStream(() -> gigabyte))
                .build();

        CompletableFuture<HttpResponse<String>> refusal = swarm.http().sendAsync(upload, BodyHandlers.ofString());
        gigabyte.awaitPause(PATIENCE);
        try {
            TaskResult other = swarm.stub()
                    .runTask(RunTaskRequest.newBuilder().setTask(task(GOOD)).build())
                    .getResult();
            assertThat(other.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
            assertThat(refusal).isNotDone();
        } finally {
            gigabyte.goOn();
        }

        HttpResponse<String> answer = refusal.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(struct(answer.body()).getFieldsOrThrow("code").getStringValue())
                .isEqualTo(ErrorCode.TOO_LARGE.name());
        assertThat(gigabyte.given()).isLessThan(2 * LET_THROUGH);
        roles.forEach(role -> assertThat(role.grownAtMost()).as(role.toString()).isLessThan(2 * LET_THROUGH));
    }

    private static HttpResponse<String> post(UpSwarm swarm, String json, String key) throws Exception {
        return swarm.http()
                .send(
                        swarm.request("/v1/tasks")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key)
                                .POST(BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static PinfactoryException refusal(UpSwarm swarm, Task task, String key) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER), key);
        RunTaskRequest request = RunTaskRequest.newBuilder().setTask(task).build();
        return Errors.fromGrpc(catchThrowableOfType(
                StatusRuntimeException.class,
                () -> swarm.stub()
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                        .runTask(request)));
    }

    private static Task task(String json) throws InvalidProtocolBufferException {
        Task.Builder task = Task.newBuilder();
        JsonFormat.parser().merge(json, task);
        return task.build();
    }

    private static Struct struct(String json) throws InvalidProtocolBufferException {
        Struct.Builder struct = Struct.newBuilder();
        JsonFormat.parser().merge(json, struct);
        return struct.build();
    }
}
