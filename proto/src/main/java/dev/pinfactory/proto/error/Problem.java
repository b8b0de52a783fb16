package dev.pinfactory.proto.error;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An RFC 9457 problem: what an error looks like over HTTP.
 *
 * @param type URI of the kind of error
 * @param title the same for every error of this kind
 * @param status HTTP status
 * @param detail what came and what was expected
 * @param violations the fields that are wrong
 * @param retryAfter how long to wait before the next try, where that is known
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        ErrorCode code,
        List<FieldViolation> violations,
        Optional<Duration> retryAfter) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        violations = List.copyOf(violations);
    }

    /** The members as they stand in {@code application/problem+json}, empty ones left out. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        members.put("code", code.name());
        if (!violations.isEmpty()) {
            members.put(
                    "violations",
                    violations.stream()
                            .map(violation ->
                                    Map.of("field", violation.field(), "description", violation.description()))
                            .toList());
        }
        retryAfterSeconds().ifPresent(seconds -> members.put("retryAfter", seconds));
        return members;
    }

    /** For the {@code Retry-After} header, which has whole seconds: rounded up, at least one. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfter.map(wait -> Math.max(1, (wait.toMillis() + 999) / 1000));
    }
}
