package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;

/** Labels a text, or abstains where in training such answers were wrong more often than right. */
record TextLabeller(TextClassifier classifier) implements SpecialistModel {
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
        Artifact label = LabelsArtifact.of(TYPE.output(), TYPE.input(), ranked);
        if (ranked.getFirst().confidence() < classifier.floor()) {
            return InferenceResult.abstained("no label is likely enough", label);
        }
        return InferenceResult.answered(label);
    }
}
