package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.StatusRuntimeException;
import java.net.ConnectException;

/** What a failed call says of its specialist. */
final class SpecialistErrors {
    private static final int MAX_DETAIL = 300;

    private SpecialistErrors() {}

    static PinfactoryException of(String specialist, StatusRuntimeException failure) {
        PinfactoryException error = Errors.fromGrpc(failure);
        return new PinfactoryException(
                code(error.code()),
                "specialist '" + specialist + "': " + detail(error),
                error.violations(),
                error.retryAfter().orElse(null),
                failure);
    }

    private static ErrorCode code(ErrorCode code) {
        return switch (code) {
            case SPECIALIST_UNAVAILABLE,
                    SPECIALIST_TIMEOUT,
                    SPECIALIST_OVERLOADED,
                    SPECIALIST_INPUT_INVALID,
                    SPECIALIST_OUTPUT_INVALID,
                    SPECIALIST_FAILED,
                    LOW_CONFIDENCE,
                    BUDGET_EXHAUSTED -> code;
            // NOT_FOUND: the server is there and does not serve the version any more.
            case UNAVAILABLE, NOT_FOUND -> ErrorCode.SPECIALIST_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> ErrorCode.SPECIALIST_TIMEOUT;
            case OVERLOADED -> ErrorCode.SPECIALIST_OVERLOADED;
            case INVALID_ARGUMENT, TOO_LARGE, FAILED_PRECONDITION -> ErrorCode.SPECIALIST_INPUT_INVALID;
            case PLAN_INVALID,
                    CARD_INVALID,
                    IDEMPOTENCY_KEY_REUSED,
                    IDEMPOTENCY_KEY_IN_FLIGHT,
                    UNAUTHENTICATED,
                    PERMISSION_DENIED,
                    ALREADY_EXISTS,
                    CANCELLED,
                    QUOTA_EXHAUSTED,
                    INTERNAL -> ErrorCode.SPECIALIST_FAILED;
        };
    }

    private static String detail(PinfactoryException error) {
        String message = String.valueOf(error.getMessage());
        return message.length() <= MAX_DETAIL ? message : message.substring(0, MAX_DETAIL) + "…";
    }

    /** Whether nobody listened at the endpoint: then there was no call. */
    static boolean nobodyListens(PinfactoryException failure) {
        return failure.getCause() instanceof StatusRuntimeException status
                && status.getStatus().getCause() instanceof ConnectException;
    }

    /** Whether it says that the endpoint is ill, rather than the request or the load. */
    static boolean blamesEndpoint(ErrorCode code) {
        return code == ErrorCode.SPECIALIST_UNAVAILABLE
                || code == ErrorCode.SPECIALIST_TIMEOUT
                || code == ErrorCode.SPECIALIST_FAILED;
    }
}
