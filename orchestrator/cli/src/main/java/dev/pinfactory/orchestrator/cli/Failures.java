package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints what a swarm answered instead of a result. */
final class Failures {
    private Failures() {}

    static void print(StatusRuntimeException status, PrintWriter err) {
        List<String> lines = lines(status);
        err.println("pin: " + lines.get(0));
        lines.stream().skip(1).forEach(line -> err.println("  " + line));
        err.flush();
    }

    /** What is wrong, then each field that it is about. */
    static List<String> lines(StatusRuntimeException status) {
        PinfactoryException error = Errors.fromGrpc(status);
        List<String> lines = new ArrayList<>();
        lines.add(error.getMessage() + " (" + error.code() + ")");
        for (FieldViolation violation : error.violations()) {
            String line = violation.field() + ": " + violation.description();
            if (!line.equals(error.getMessage())) {
                lines.add(line);
            }
        }
        error.retryAfter().ifPresent(wait -> lines.add("try again in " + wait.toMillis() + " ms"));
        return lines;
    }

    /** Whether it would be the same for any request: the swarm is away or full, or the caller may not use it. */
    static boolean isForEveryRequest(StatusRuntimeException status) {
        ErrorCode code = Errors.fromGrpc(status).code();
        return code.retryable() || code == ErrorCode.UNAUTHENTICATED || code == ErrorCode.PERMISSION_DENIED;
    }

    static boolean isCallersFault(StatusRuntimeException status) {
        return Errors.fromGrpc(status).code().fault() == ErrorCode.Fault.CALLER;
    }
}
