package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Errors as {@code application/problem+json}. */
public final class Problems {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Problems() {}

    /** For filters, which answer before there is a handler. */
    public static void write(HttpServletResponse response, Throwable failure) throws IOException {
        write(response, Errors.problem(failure));
    }

    /** For what is refused before there is a filter. A fault of the server's says no more than that. */
    static void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        write(
                response,
                status.is5xxServerError()
                        ? Errors.problem(new IllegalStateException("the container failed"))
                        : http(status.value(), status.getReasonPhrase(), detail));
    }

    private static void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        problem.retryAfterSeconds().ifPresent(seconds -> response.setHeader("Retry-After", seconds.toString()));
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(JSON.writeValueAsBytes(problem.members()));
    }

    static ResponseEntity<byte[]> entity(Throwable failure) {
        return entity(Errors.problem(failure));
    }

    static ResponseEntity<byte[]> entity(Problem problem) {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(HttpStatusCode.valueOf(problem.status()))
                .header("Content-Type", Problem.MEDIA_TYPE);
        problem.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds.toString()));
        return response.body(JSON.writeValueAsBytes(problem.members()));
    }

    /** What only HTTP can get wrong, such as the method. */
    static Problem http(int status, String title, String detail) {
        String kind = title.toLowerCase(Locale.ROOT).replace(' ', '-');
        return new Problem(
                "https://pinfactory.dev/errors/" + kind,
                title,
                status,
                detail,
                status == 404 ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_ARGUMENT,
                List.of(),
                Optional.empty());
    }
}
