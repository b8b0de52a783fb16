package dev.pinfactory.specialists.sdk;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Cost;
import java.util.List;

/** How one call ended. */
public sealed interface InferenceResult {
    /**
     * The specialist has an answer.
     *
     * @param outputs one artifact for each output port, named by the port
     * @param paid what others were paid for it: {@code llm} and {@code llmTokens} are read, the rest is measured by the host
     */
    record Answered(List<Artifact> outputs, Cost paid) implements InferenceResult {
        public Answered {
            outputs = List.copyOf(outputs);
        }

        public Answered(List<Artifact> outputs) {
            this(outputs, Cost.getDefaultInstance());
        }
    }

    /**
     * The specialist looked, and would rather not say.
     *
     * @param reason for people: what made it unsure
     * @param bestGuess what it would have answered; may be empty
     * @param paid as for an answer
     */
    record Abstained(String reason, List<Artifact> bestGuess, Cost paid) implements InferenceResult {
        public Abstained {
            bestGuess = List.copyOf(bestGuess);
        }

        public Abstained(String reason, List<Artifact> bestGuess) {
            this(reason, bestGuess, Cost.getDefaultInstance());
        }
    }

    /**
     * The specialist can't answer this call.
     *
     * @param code SPECIALIST_INPUT_INVALID when the input is at fault, SPECIALIST_FAILED otherwise
     * @param detail shown to callers: no content of documents, no internals
     */
    record Failed(ErrorCode code, String detail) implements InferenceResult {}

    static InferenceResult answered(Artifact... outputs) {
        return new Answered(List.of(outputs));
    }

    static InferenceResult abstained(String reason, Artifact... bestGuess) {
        return new Abstained(reason, List.of(bestGuess));
    }

    static InferenceResult inputInvalid(String detail) {
        return new Failed(ErrorCode.SPECIALIST_INPUT_INVALID, detail);
    }
}
