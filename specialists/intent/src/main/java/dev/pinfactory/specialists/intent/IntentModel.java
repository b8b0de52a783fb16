package dev.pinfactory.specialists.intent;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;

/** Names the intent of a message, or abstains where none of those that it knows is likely enough. */
record IntentModel(TextClassifier classifier) implements SpecialistModel {
    /** What texts about anything else have as label in training. It takes its share of the probability and is never an answer. */
    static final String OUT_OF_SCOPE = "oos";

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        String text = inference.text("text");
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected a message");
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        List<Candidate> ranked = classifier.classify(List.of(text)).getFirst();
        List<Candidate> intents = intents(ranked);
        Artifact intent = LabelsArtifact.of("intent", "text", intents);
        if (intents.getFirst().confidence() >= classifier.floor()) {
            return InferenceResult.answered(intent);
        }
        String reason = "none of the %d known intents is likelier than %.0f %%"
                .formatted(intents.size(), 100 * classifier.floor());
        return InferenceResult.abstained(intents.size() < ranked.size() ? "out of scope: " + reason : reason, intent);
    }

    /** Of all labels those that are intents, the likeliest first. */
    static List<Candidate> intents(List<Candidate> ranked) {
        return ranked.stream()
                .filter(candidate -> !candidate.label().equals(OUT_OF_SCOPE))
                .toList();
    }
}
