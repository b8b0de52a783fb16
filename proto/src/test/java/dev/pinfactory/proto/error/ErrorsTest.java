package dev.pinfactory.proto.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorComesBackFromGrpcAsItWas(ErrorCode code) {
        PinfactoryException error = new PinfactoryException(
                code,
                "inputs[0].type: 'txt' is not a known type",
                List.of(new FieldViolation("inputs[0].type", "expected a type")),
                Duration.ofMillis(1500),
                null);
        StatusRuntimeException grpc = Errors.toGrpc(error);
        PinfactoryException back = Errors.fromGrpc(grpc);
        assertThat(grpc.getStatus().getCode()).isEqualTo(code.grpcStatus());
        assertThat(back.code()).isEqualTo(code);
        assertThat(back.getMessage()).isEqualTo(error.getMessage());
        assertThat(back.violations()).isEqualTo(error.violations());
        assertThat(back.retryAfter()).contains(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void aProblemSaysWhatTheStatusSays(ErrorCode code) {
        Problem problem = Errors.problem(new PinfactoryException(
                code, "detail", List.of(new FieldViolation("a", "b")), Duration.ofMillis(1200), null));
        assertThat(problem.type())
                .isEqualTo("https://pinfactory.dev/errors/"
                        + code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        assertThat(problem.status()).isEqualTo(code.httpStatus());
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.retryAfterSeconds()).contains(2L);
        assertThat(problem.members())
                .containsEntry("code", code.name())
                .containsEntry("detail", "detail")
                .containsEntry("retryAfter", 2L)
                .containsEntry("violations", List.of(java.util.Map.of("field", "a", "description", "b")));
    }

    @Test
    void overloadTellsGrpcWhenToComeBack() {
        StatusRuntimeException grpc = Errors.toGrpc(
                new PinfactoryException(ErrorCode.OVERLOADED, "full", List.of(), Duration.ofMillis(250), null));
        assertThat(grpc.getTrailers()).isNotNull();
        assertThat(grpc.getTrailers().get(Errors.PUSHBACK)).isEqualTo("250");
        assertThat(Errors.toGrpc(new PinfactoryException(ErrorCode.OVERLOADED, "full"))
                        .getTrailers()
                        .get(Errors.PUSHBACK))
                .isEqualTo("1000");
        assertThat(Errors.toGrpc(new PinfactoryException(ErrorCode.UNAVAILABLE, "gone"))
                        .getTrailers()
                        .get(Errors.PUSHBACK))
                .isNull();
    }

    @Test
    void unknownExceptionsSayNothingOfTheInside() {
        StatusRuntimeException grpc =
                Errors.toGrpc(new CompletionException(new IllegalStateException("select * from task at /srv/x.java")));
        assertThat(grpc.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(grpc.getStatus().getDescription()).doesNotContain("select", "srv", "Exception");
        PinfactoryException foreign = Errors.fromGrpc(
                Status.UNAVAILABLE.withDescription("io exception 10.0.0.3:9090").asRuntimeException());
        assertThat(foreign.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(foreign.getMessage()).doesNotContain("10.0.0.3");
    }

    @Test
    void aForeignDomainIsNotOurCatalogue() {
        var status = com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.NOT_FOUND.value())
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain("example.com")
                        .setReason("INTERNAL")
                        .build()))
                .build();
        assertThat(Errors.fromStatus(status).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aMessageThatGrpcFindsTooLargeIsTooLarge() {
        PinfactoryException error = Errors.fromGrpc(Status.RESOURCE_EXHAUSTED
                .withDescription("gRPC message exceeds maximum size 4194304: 5000000")
                .asRuntimeException());
        assertThat(error.code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(error).hasMessageContaining("4194304");
    }

    @Test
    void errorsFitIntoTrailersHoweverManyFieldsAreWrong() {
        List<FieldViolation> violations = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            violations.add(new FieldViolation("inputs[" + i + "].name", "\u00e9\ud83d\ude00".repeat(500)));
        }
        StatusRuntimeException grpc = Errors.toGrpc(
                new PinfactoryException(ErrorCode.INVALID_ARGUMENT, "\ud83d\ude00".repeat(5_000), violations));
        com.google.rpc.Status status = StatusProto.fromThrowable(grpc);
        int base64 = status.getSerializedSize() * 4 / 3;
        assertThat(base64
                        + 3
                                * grpc.getStatus()
                                        .getDescription()
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)
                                        .length)
                .isLessThan(7_500);
        assertThat(Errors.fromGrpc(grpc).violations().getLast().description())
                .startsWith("and ")
                .endsWith(" more");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 999_999_999_999L, Long.MAX_VALUE})
    void aStrangersWaitIsOneThatCanBeWaited(long seconds) {
        var status = com.google.rpc.Status.newBuilder()
                .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain(Errors.DOMAIN)
                        .setReason("OVERLOADED")
                        .build()))
                .addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(seconds))
                        .build()))
                .build();
        assertThat(Errors.fromGrpc(StatusProto.toStatusRuntimeException(status))
                        .retryAfter()
                        .orElse(Duration.ZERO))
                .isBetween(Duration.ZERO, Duration.ofDays(1));
    }
}
