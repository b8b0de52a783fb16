package dev.pinfactory.router.planner;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import java.util.List;

/** What an instruction has to be before anybody reads it. */
public final class InstructionRules {
    public static final int MAX_CODE_POINTS = 8_000;

    private InstructionRules() {}

    public static void check(String instruction) {
        if (instruction.isBlank()) {
            throw invalid("is empty; what shall be done is expected");
        }
        int length = instruction.codePointCount(0, instruction.length());
        if (length > MAX_CODE_POINTS) {
            throw invalid("has " + length + " code points; at most " + MAX_CODE_POINTS + " are read");
        }
    }

    private static PinfactoryException invalid(String what) {
        return new PinfactoryException(
                ErrorCode.INVALID_ARGUMENT, "instruction " + what, List.of(new FieldViolation("instruction", what)));
    }
}
