package dev.pinfactory.specialists.emotion;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Labels messages.
 *
 * @param output port that the label leaves by
 * @param read what of a message is looked at
 */
record MessageModel(String output, UnaryOperator<String> read, TextClassifier classifier) implements SpecialistModel {
    /** What messages without emotion have as label in training. It takes its share of the probability and is never an answer. */
    static final String NEUTRAL = "neutral";

    private static final int MAX_CHARACTERS = 20_000;

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        String text = inference.text("text");
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected a message");
        }
        if (text.length() > MAX_CHARACTERS) {
            return InferenceResult.inputInvalid(
                    "'text' has " + text.length() + " characters, at most " + MAX_CHARACTERS + " are possible");
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        List<Candidate> ranked = classifier.classify(List.of(read.apply(text))).getFirst();
        List<Candidate> answers = answers(ranked);
        Artifact label = LabelsArtifact.of(output, "text", answers);
        if (ranked.getFirst().label().equals(NEUTRAL)) {
            return InferenceResult.abstained("no " + output + " shows in the message", label);
        }
        if (answers.getFirst().confidence() < classifier.floor()) {
            return InferenceResult.abstained("no " + output + " is likely enough", label);
        }
        return InferenceResult.answered(label);
    }

    /** All labels that may be an answer, the likeliest first. */
    static List<Candidate> answers(List<Candidate> ranked) {
        return ranked.stream()
                .filter(candidate -> !candidate.label().equals(NEUTRAL))
                .toList();
    }
}
