package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.Parameter;
import java.util.Optional;

/** Reads a parameter from the words of the instruction that a plan binds it to. */
final class InstructionWords {
    private InstructionWords() {}

    /** The value; empty when the span lies outside, or its words are no value of the parameter. */
    static Optional<Value> read(String instruction, InstructionSpan span, Parameter parameter) {
        int length = instruction.codePointCount(0, instruction.length());
        if (span.getStart() < 0 || span.getEnd() > length || span.getStart() >= span.getEnd()) {
            return Optional.empty();
        }
        int start = instruction.offsetByCodePoints(0, span.getStart());
        int end = instruction.offsetByCodePoints(start, span.getEnd() - span.getStart());
        return Optional.of(Value.newBuilder()
                .setStringValue(instruction.substring(start, end))
                .build());
    }
}
