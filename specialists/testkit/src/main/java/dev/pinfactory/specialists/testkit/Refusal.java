package dev.pinfactory.specialists.testkit;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.regex.Pattern;

/** A call that has to be refused, and how. */
final class Refusal {
    /** What a stack trace or a class name of Java, Python, Go or Node looks like. */
    private static final Pattern INTERNALS = Pattern.compile(
            "\\bat [\\w$.]+\\([\\w$.]+:\\d+\\)|\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z]\\w+|\\w+(Exception|Error): |Traceback \\(|File \".*\", line \\d+|goroutine \\d+|/[\\w.-]+/[\\w./-]+\\.\\w{1,4}:\\d+");

    private Refusal() {}

    /** A call to the server. */
    @FunctionalInterface
    interface Call {
        Object run();
    }

    static StatusRuntimeException expect(io.grpc.Status.Code code, Call call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            ContractViolation.unless(
                    e.getStatus().getCode() == code,
                    "answered " + e.getStatus().getCode() + " (" + e.getStatus().getDescription() + "), expected "
                            + code);
            requireNoInternals(e);
            return e;
        }
        throw new ContractViolation("was answered, expected " + code);
    }

    /** INVALID_ARGUMENT that names the field in its message or its violations. */
    static void expectNaming(String field, Call call) {
        StatusRuntimeException refusal = expect(io.grpc.Status.Code.INVALID_ARGUMENT, call);
        ContractViolation.unless(
                text(refusal).contains(field),
                "the refusal does not name '" + field + "': "
                        + refusal.getStatus().getDescription());
    }

    static void requireNoInternals(StatusRuntimeException refusal) {
        var found = INTERNALS.matcher(text(refusal));
        ContractViolation.unless(
                !found.reset().find(),
                "the error message shows internals: " + refusal.getStatus().getDescription());
    }

    private static String text(StatusRuntimeException refusal) {
        StringBuilder text =
                new StringBuilder(String.valueOf(refusal.getStatus().getDescription()));
        Status status = StatusProto.fromThrowable(refusal);
        if (status == null) {
            return text.toString();
        }
        for (Any detail : status.getDetailsList()) {
            if (detail.is(BadRequest.class)) {
                try {
                    detail.unpack(BadRequest.class)
                            .getFieldViolationsList()
                            .forEach(violation -> text.append('\n')
                                    .append(violation.getField())
                                    .append(' ')
                                    .append(violation.getDescription()));
                } catch (InvalidProtocolBufferException e) {
                    throw new ContractViolation("the status details can't be read");
                }
            }
        }
        return text.toString();
    }
}
