package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import java.util.List;

/** How one step of a plan, or one item of a for_each step, ended. */
public sealed interface StepOutcome {
    /**
     * It has outputs, one artifact for each port.
     *
     * @param outputs of a for_each step: lists in input order, whose {@code holes} are the items that did not succeed
     */
    record Succeeded(List<Artifact> outputs) implements StepOutcome {
        public Succeeded {
            outputs = List.copyOf(outputs);
        }
    }

    /** No attempt brought an answer; the code is that of the last attempt. */
    record Failed(ErrorCode code, String detail) implements StepOutcome {}

    /**
     * It was never called.
     *
     * @param cause the step that it waited for, or the words of its own condition
     */
    record Skipped(SkipReason reason, String cause) implements StepOutcome {}

    /**
     * Every specialist that looked would rather not say.
     *
     * @param bestGuess what they would have said; shown to people, never an input of another step. May be empty
     */
    record Abstained(String reason, List<Artifact> bestGuess) implements StepOutcome {
        public Abstained {
            bestGuess = List.copyOf(bestGuess);
        }
    }

    /** The task was cancelled, failed or ran out of time before the step ended. */
    record Cancelled() implements StepOutcome {}
}
