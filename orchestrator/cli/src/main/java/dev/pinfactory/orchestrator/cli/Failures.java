package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;

/** Prints what a swarm answered instead of a result. */
final class Failures {
    private Failures() {}

    static void print(StatusRuntimeException status, PrintWriter err) {
        PinfactoryException error = Errors.fromGrpc(status);
        err.println("pin: " + error.getMessage() + " (" + error.code() + ")");
        for (FieldViolation violation : error.violations()) {
            String line = violation.field() + ": " + violation.description();
            if (!line.equals(error.getMessage())) {
                err.println("  " + line);
            }
        }
        error.retryAfter().ifPresent(wait -> err.println("  try again in " + wait.toMillis() + " ms"));
        err.flush();
    }

    static boolean isCallersFault(StatusRuntimeException status) {
        return Errors.fromGrpc(status).code().fault() == ErrorCode.Fault.CALLER;
    }
}
