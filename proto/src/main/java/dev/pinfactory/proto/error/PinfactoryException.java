package dev.pinfactory.proto.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error of the catalogue. Its message is shown to callers: it names the field, what came and what was expected, and no internals. */
public final class PinfactoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<FieldViolation> violations;

    @Nullable
    private final Duration retryAfter;

    public PinfactoryException(ErrorCode code, String message) {
        this(code, message, List.of(), null, null);
    }

    public PinfactoryException(ErrorCode code, String message, Throwable cause) {
        this(code, message, List.of(), null, cause);
    }

    public PinfactoryException(ErrorCode code, String message, List<FieldViolation> violations) {
        this(code, message, violations, null, null);
    }

    public PinfactoryException(
            ErrorCode code,
            String message,
            List<FieldViolation> violations,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
    }

    /** An error about one field, or a header, that is named first. */
    public static PinfactoryException of(ErrorCode code, String field, String description) {
        return new PinfactoryException(
                code, field + ": " + description, List.of(new FieldViolation(field, description)));
    }

    /** Of everything that is wrong; the message says the first of it. */
    public static PinfactoryException of(ErrorCode code, List<FieldViolation> violations) {
        return new PinfactoryException(code, FieldViolation.summary(violations), violations);
    }

    public ErrorCode code() {
        return code;
    }

    /** The fields that are wrong; empty where the error is not about fields. */
    public List<FieldViolation> violations() {
        return violations;
    }

    /** How long to wait before the next try, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
