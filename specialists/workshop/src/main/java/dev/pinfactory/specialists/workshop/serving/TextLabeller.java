package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;

/** Labels a text, or abstains where in training such answers were wrong more often than right, and where it is about something else. */
public record TextLabeller(TextClassifier classifier) implements SpecialistModel {
    /** What texts about something else have as label in training. It takes its share of the probability and is never an answer. */
    public static final String OUT_OF_SCOPE = "(out of scope)";

    private static final ArtifactType TYPE = ArtifactType.TEXT_CLASSES;

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        String text = inference.text(TYPE.input());
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected a text");
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        List<Candidate> ranked = classifier.classify(List.of(text)).getFirst();
        List<Candidate> labels = ranked.stream()
                .filter(candidate -> !candidate.label().equals(OUT_OF_SCOPE))
                .toList();
        Artifact label = LabelsArtifact.of(TYPE.output(), TYPE.input(), labels);
        if (ranked.getFirst().label().equals(OUT_OF_SCOPE)) {
            return InferenceResult.abstained("out of scope: it is about something else than the known labels", label);
        }
        if (labels.getFirst().confidence() < classifier.floor()) {
            return InferenceResult.abstained("no label is likely enough", label);
        }
        return InferenceResult.answered(label);
    }
}
