package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InferResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/** Writes a call's answer into its unit, and says whether it is good enough to end the unit. */
final class Landing {
    private final AnswerCheck answers;
    private final double minConfidence;

    Landing(AnswerCheck answers, double minConfidence) {
        this.answers = answers;
        this.minConfidence = minConfidence;
    }

    /** False when the next candidate has to be tried. */
    boolean land(Calls.Flying flying, InferResponse response, Instant now) {
        if (response.hasAbstention()) {
            abstained(flying, response, now);
            return false;
        }
        if (!response.hasOutputs()) {
            return invalid(flying, response, "the answer is empty", now);
        }
        AnswerCheck.Checked checked = check(flying, response.getOutputs().getArtifactsList());
        if (checked.problem().isPresent()) {
            return invalid(flying, response, checked.problem().get(), now);
        }
        double confidence = Reports.confidence(checked.outputs());
        boolean enough = confidence >= minConfidence;
        flying.unit().answered(now, checked.outputs(), confidence, enough, response.getVersion(), response.getCost());
        return enough;
    }

    /** A best guess that is not even of the promised type is left out. */
    private void abstained(Calls.Flying flying, InferResponse response, Instant now) {
        List<Artifact> guess =
                check(flying, response.getAbstention().getBestGuessList()).outputs();
        double confidence = guess.isEmpty() ? 0 : Reports.confidence(guess);
        flying.unit().abstained(now, response.getAbstention().getReason(), guess, confidence, response.getCost());
    }

    private static boolean invalid(Calls.Flying flying, InferResponse response, String problem, Instant now) {
        String detail = flying.candidate().specialist() + ": " + problem;
        flying.unit().failed(now, ErrorCode.SPECIALIST_OUTPUT_INVALID, detail, response.getCost());
        return false;
    }

    private AnswerCheck.Checked check(Calls.Flying flying, List<Artifact> artifacts) {
        Contract promised = flying.run().candidates.getFirst().contract();
        Prepared.Ready prepared = Objects.requireNonNull(flying.run().prepared);
        OptionalInt item = flying.unit().item();
        Set<String> dataClasses = item.isPresent() ? prepared.dataClasses(item.getAsInt()) : prepared.dataClasses();
        Candidate answering = flying.candidate();
        return answers.check(
                promised,
                artifacts,
                answering.names(),
                dataClasses,
                answering.contract().getClearsDataClassesList());
    }
}
