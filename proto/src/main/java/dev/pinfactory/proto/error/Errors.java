package dev.pinfactory.proto.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * How an error of the catalogue travels: {@code google.rpc.Status} with details over gRPC, a {@link Problem} over HTTP, mapped one to one.
 * What is not of the catalogue becomes INTERNAL, and its message stays here.
 */
public final class Errors {
    public static final String DOMAIN = "pinfactory.dev";
    /** Read by gRPC's retry policy: wait that long, whatever the policy says. */
    public static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    /** A stranger's longer or negative wait can't be added to every time. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** As gRPC's retry policy reads it. */
    private static final String NO_RETRY = "-1";

    private static final String TYPE_PREFIX = "https://pinfactory.dev/errors/";
    private static final String INTERNAL_MESSAGE = "internal error; the logs have the cause under this trace id";
    private static final Duration DEFAULT_PUSHBACK = Duration.ofSeconds(1);

    private Errors() {}

    /** Any failure as what a gRPC server closes the call with. */
    public static StatusRuntimeException toGrpc(Throwable failure) {
        PinfactoryException error = fromThrowable(failure);
        Metadata trailers = new Metadata();
        retryAfter(error)
                .filter(wait -> error.code().grpcStatus() == io.grpc.Status.Code.RESOURCE_EXHAUSTED)
                .ifPresent(wait ->
                        trailers.put(PUSHBACK, error.code().retryable() ? Long.toString(wait.toMillis()) : NO_RETRY));
        return StatusProto.toStatusRuntimeException(toStatus(error), trailers);
    }

    /** What a gRPC client caught, as an error of the catalogue. */
    public static PinfactoryException fromGrpc(StatusRuntimeException failure) {
        return fromStatus(failure.getStatus(), StatusProto.fromThrowable(failure), failure);
    }

    /** Any failure as an error of the catalogue; unknown ones are INTERNAL and keep the cause for the log alone. */
    public static PinfactoryException fromThrowable(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        if (wrapper && failure.getCause() != null) {
            return fromThrowable(failure.getCause());
        }
        return switch (failure) {
            case PinfactoryException error -> error;
            case StatusRuntimeException grpc -> fromGrpc(grpc);
            case StatusException grpc -> fromStatus(grpc.getStatus(), StatusProto.fromThrowable(grpc), grpc);
            case CancellationException cancelled ->
                new PinfactoryException(ErrorCode.CANCELLED, "the call was cancelled", cancelled);
            default -> new PinfactoryException(ErrorCode.INTERNAL, INTERNAL_MESSAGE, failure);
        };
    }

    /** The error with its details, small enough for HTTP/2 trailers. */
    public static Status toStatus(PinfactoryException error) {
        String message = error.getMessage() == null ? title(error.code()) : error.getMessage();
        Status.Builder status = Status.newBuilder()
                .setCode(error.code().grpcStatus().value())
                .setMessage(TrailerLimits.message(message))
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(error.code().name())
                        .setDomain(DOMAIN)
                        .build()));
        if (!error.violations().isEmpty()) {
            status.addDetails(Any.pack(TrailerLimits.violations(error.violations())));
        }
        retryAfter(error)
                .ifPresent(wait -> status.addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Durations.fromMillis(wait.toMillis()))
                        .build())));
        return status.build();
    }

    public static PinfactoryException fromStatus(Status status) {
        return fromStatus(io.grpc.Status.fromCodeValue(status.getCode()), status, null);
    }

    public static Problem problem(Throwable failure) {
        return problem(toStatus(fromThrowable(failure)));
    }

    /** One to one: everything a problem says stands in the status, but for the names of fields, which are JSON's. */
    public static Problem problem(Status status) {
        PinfactoryException error = fromStatus(status);
        ErrorCode code = error.code();
        String detail = error.getMessage() == null ? title(code) : error.getMessage();
        for (FieldViolation violation : error.violations()) {
            detail = detail.replace(violation.field() + ":", JsonPaths.of(violation.field()) + ":");
        }
        return new Problem(
                TYPE_PREFIX + kebab(code),
                title(code),
                code.httpStatus(),
                detail,
                code,
                error.violations().stream()
                        .map(violation -> new FieldViolation(JsonPaths.of(violation.field()), violation.description()))
                        .toList(),
                error.retryAfter());
    }

    private static PinfactoryException fromStatus(
            io.grpc.Status grpc, @Nullable Status status, @Nullable Throwable cause) {
        Optional<ErrorCode> ours = detail(status, ErrorInfo.class)
                .filter(info -> info.getDomain().equals(DOMAIN))
                .flatMap(info -> codeNamed(info.getReason()));
        if (status == null || ours.isEmpty()) {
            ErrorCode code = codeOf(grpc);
            return new PinfactoryException(code, foreignMessage(code, grpc), List.of(), null, cause);
        }
        List<FieldViolation> violations = new ArrayList<>();
        detail(status, BadRequest.class)
                .ifPresent(bad -> bad.getFieldViolationsList()
                        .forEach(violation ->
                                violations.add(new FieldViolation(violation.getField(), violation.getDescription()))));
        Duration retryAfter = detail(status, RetryInfo.class)
                .map(RetryInfo::getRetryDelay)
                .filter(Durations::isValid)
                .map(delay -> Duration.ofMillis(Math.clamp(Durations.toMillis(delay), 0, LONGEST_WAIT.toMillis())))
                .orElse(null);
        return new PinfactoryException(ours.get(), status.getMessage(), violations, retryAfter, cause);
    }

    /** A stranger's message is passed on only where it speaks to the caller; the others may hold addresses and class names. */
    private static String foreignMessage(ErrorCode code, io.grpc.Status grpc) {
        String description = grpc.getDescription();
        return switch (code) {
            case INTERNAL -> INTERNAL_MESSAGE;
            case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, TOO_LARGE ->
                description == null || description.isBlank() ? title(code) : description;
            default -> title(code);
        };
    }

    private static ErrorCode codeOf(io.grpc.Status grpc) {
        String description = grpc.getDescription();
        return switch (grpc.getCode()) {
            case INVALID_ARGUMENT, OUT_OF_RANGE -> ErrorCode.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
            case PERMISSION_DENIED -> ErrorCode.PERMISSION_DENIED;
            case NOT_FOUND, UNIMPLEMENTED -> ErrorCode.NOT_FOUND;
            case ALREADY_EXISTS -> ErrorCode.ALREADY_EXISTS;
            case FAILED_PRECONDITION, ABORTED -> ErrorCode.FAILED_PRECONDITION;
            // What gRPC itself says when a message passes the size limit has no code of its own.
            case RESOURCE_EXHAUSTED ->
                description != null && description.contains("exceeds maximum size")
                        ? ErrorCode.TOO_LARGE
                        : ErrorCode.OVERLOADED;
            case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
            case CANCELLED -> ErrorCode.CANCELLED;
            case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
            case OK, UNKNOWN, INTERNAL, DATA_LOSS -> ErrorCode.INTERNAL;
        };
    }

    private static Optional<Duration> retryAfter(PinfactoryException error) {
        return error.retryAfter()
                .or(() -> error.code() == ErrorCode.OVERLOADED ? Optional.of(DEFAULT_PUSHBACK) : Optional.empty());
    }

    private static Optional<ErrorCode> codeNamed(String reason) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(reason))
                .findFirst();
    }

    private static <T extends Message> Optional<T> detail(@Nullable Status status, Class<T> kind) {
        if (status == null) {
            return Optional.empty();
        }
        for (Any detail : status.getDetailsList()) {
            if (detail.is(kind)) {
                try {
                    return Optional.of(detail.unpack(kind));
                } catch (InvalidProtocolBufferException e) {
                    // A detail that can't be read says nothing; the status itself still holds.
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static String kebab(ErrorCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String title(ErrorCode code) {
        String words = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
