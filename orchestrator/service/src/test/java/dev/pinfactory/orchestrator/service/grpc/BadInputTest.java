package dev.pinfactory.orchestrator.service.grpc;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.RawCall;
import dev.pinfactory.orchestrator.service.testing.WithSwarm;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.*;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers get wrong, over gRPC: a code, the field, and nothing is run. */
class BadInputTest extends WithSwarm {
    static Stream<Arguments> wrong() {
        Task.Builder many = Task.newBuilder().setInstruction("x");
        for (int i = 0; i < 10_000; i++) {
            many.addInputs(
                    Artifact.newBuilder().setName("i" + i).setType("text").setText("a"));
        }
        Plan.Builder cycle = Plans.chain("first", "second").toBuilder();
        cycle.getStepsBuilder(0)
                .getInputsBuilder(0)
                .getSourcesBuilder(0)
                .setStepOutput(StepOutput.newBuilder().setStep("second").setOutput("text"));
        Struct schema = Struct.newBuilder()
                .putFields("type", Value.newBuilder().setStringValue("objekt").build())
                .build();
        String absent = "sha256:" + "0".repeat(64);
        return Stream.of(
                Arguments.of("an empty instruction", task("a").toBuilder().setInstruction(" "), "instruction"),
                Arguments.of(
                        "an unknown type",
                        with(Artifact.newBuilder().setType("smell").setText("a")),
                        "inputs[0].type"),
                Arguments.of("10,000 inputs", many, "inputs"),
                Arguments.of("a cycle", task("a").toBuilder().setPlan(cycle), "steps"),
                Arguments.of("an invalid schema", task("a").toBuilder().setOutputSchema(schema), "output_schema"),
                Arguments.of(
                        "an unknown specialist",
                        constrained(Constraints.newBuilder().addAllowedSpecialists("ghost")),
                        "constraints.allowed_specialists[0]"),
                Arguments.of(
                        "a deadline in the past",
                        constrained(Constraints.newBuilder()
                                .setDeadline(Timestamp.newBuilder().setSeconds(1))),
                        "constraints.deadline"),
                Arguments.of(
                        "content that nobody uploaded",
                        with(Artifact.newBuilder()
                                .setType("text")
                                .setRef(ContentRef.newBuilder().setDigest(absent))),
                        "inputs[0].ref"));
    }

    private static Task.Builder with(Artifact.Builder input) {
        return Task.newBuilder().setInstruction("x").addInputs(input.setName("note"));
    }

    private static Task.Builder constrained(Constraints.Builder constraints) {
        return task("a").toBuilder().setConstraints(constraints);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void isRefusedByField(String what, Task.Builder task, String field) {
        RunTaskRequest request = RunTaskRequest.newBuilder().setTask(task).build();
        PinfactoryException refusal = Errors.fromGrpc(Assertions.catchThrowableOfType(
                StatusRuntimeException.class, () -> swarm.client().runTask(request)));
        assertThat(refusal.code()).isIn(ErrorCode.INVALID_ARGUMENT, ErrorCode.PLAN_INVALID);
        assertThat(refusal.violations())
                .first()
                .satisfies(violation -> assertThat(violation.field()).startsWith(field));
        assertThat(swarm.specialists().requests()).isEmpty();
    }

    /** It can be sent, and neither digested nor written down. */
    @Test
    void aNumberThatIsNoneIsNamed() {
        Value nan = Value.newBuilder().setNumberValue(Double.NaN).build();
        Task schema = task("a").toBuilder()
                .setOutputSchema(Struct.newBuilder().putFields("default", nan))
                .build();
        PinfactoryException pinned = Errors.fromGrpc(Assertions.catchThrowableOfType(
                StatusRuntimeException.class,
                () -> swarm.client()
                        .pinPlan(PinPlanRequest.newBuilder()
                                .setName("pin")
                                .setTask(schema)
                                .build())));
        assertThat(pinned.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(pinned.violations().getFirst().field()).isEqualTo("output_schema/default");
        PinfactoryException ran = Errors.fromGrpc(Assertions.catchThrowableOfType(
                StatusRuntimeException.class,
                () -> swarm.client()
                        .runTask(RunTaskRequest.newBuilder()
                                .setTask(with(
                                        Artifact.newBuilder().setType("record").setJson(nan)))
                                .build())));
        assertThat(ran.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(ran.violations().getFirst().field()).isEqualTo("inputs[0].json");
    }

    @Test
    void aPackedMessageIsRefusedWhenItIsTooLargeUnpacked() {
        RunTaskRequest packed = RunTaskRequest.newBuilder()
                .setTask(with(Artifact.newBuilder().setType("text").setText(" ".repeat(17 << 20))))
                .build();
        PinfactoryException refusal = Errors.fromGrpc(Assertions.catchThrowableOfType(
                StatusRuntimeException.class,
                () -> swarm.client().withCompression("gzip").runTask(packed)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void anUploadAboveTheLimitIsRefusedWhileItComes() throws Exception {
        BlockingClientCall<UploadInputRequest, UploadInputResponse> upload = swarm.upload();
        upload.write(UploadInputRequest.newBuilder()
                .setHeader(UploadHeader.newBuilder().setMediaType("text/plain"))
                .build());
        UploadInputRequest chunk = UploadInputRequest.newBuilder()
                .setChunk(ByteString.copyFrom(new byte[1 << 20]))
                .build();
        assertThat(refusal(() -> {
                    for (int i = 0; i < 70; i++) {
                        upload.write(chunk);
                    }
                    upload.read();
                }))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
                    assertThat(refusal.violations())
                            .containsExactly(
                                    new FieldViolation("content", "is larger than 64 MiB, the limit of one upload"));
                });
    }

    /** Deeper than a schema may be; and deeper than protobuf reads, so that no handler ever sees it. */
    @ParameterizedTest
    @ValueSource(ints = {40, 1_000})
    void aDeepMessageIsRefusedAsTheCallersFault(int depth) {
        Value deep = Value.newBuilder().setNumberValue(1).build();
        for (int level = 0; level < depth; level++) {
            deep = Value.newBuilder()
                    .setListValue(ListValue.newBuilder().addValues(deep))
                    .build();
        }
        Task task = Task.newBuilder()
                .setInstruction("x")
                .setOutputSchema(Struct.newBuilder().putFields("properties", deep))
                .build();
        RunTaskRequest request = RunTaskRequest.newBuilder().setTask(task).build();
        StatusRuntimeException refusal = Assertions.catchThrowableOfType(
                StatusRuntimeException.class, () -> swarm.client().runTask(request));
        PinfactoryException error = Errors.fromGrpc(refusal);
        assertThat(error.code()).as(refusal.toString()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(error.getMessage()).containsAnyOf("32 levels", "nested deeper than 100 messages");
    }

    @Test
    void anUploadWithoutHeaderIsRefused() {
        BlockingClientCall<UploadInputRequest, UploadInputResponse> upload = swarm.upload();
        assertThat(refusal(() -> {
                    upload.write(UploadInputRequest.newBuilder()
                            .setChunk(ByteString.copyFromUtf8("a"))
                            .build());
                    upload.read();
                }))
                .returns(ErrorCode.INVALID_ARGUMENT, PinfactoryException::code);
    }

    @Test
    void anUploadIsKnownByItsDigest() throws Exception {
        ContentRef content = swarm.upload("text/plain", "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(content.getDigest())
                .isEqualTo("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    private static PinfactoryException refusal(ThrowableAssert.ThrowingCallable upload) {
        return Errors.fromThrowable(Assertions.catchThrowableOfType(StatusException.class, upload));
    }

    /** Of health and reflection as well, which others have written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pinfactory.v1.SwarmService/GetTask",
                "grpc.health.v1.Health/Check",
                "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
            })
    void whatIsNoMessageIsTheCallersFaultInEveryService(String method) {
        RawCall.Answer answer =
                RawCall.send(swarm.channel(), method, List.of(), new byte[] {0x0a, (byte) 0xff, (byte) 0xff, 0x0f});
        assertThat(answer.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void oneMessageIsExpectedWhereOneIs(int messages) {
        Status status = RawCall.sendAll(
                        swarm.channel(),
                        "pinfactory.v1.SwarmService/ListTasks",
                        List.of(),
                        Collections.nCopies(messages, new byte[0]))
                .status();
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("exactly one");
    }
}
