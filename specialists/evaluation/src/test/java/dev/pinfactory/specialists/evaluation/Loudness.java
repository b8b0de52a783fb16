package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Its model is a number: from how many exclamation marks on a text is loud. Of questions it is not sure, and blank texts it refuses. */
@Specialist
final class Loudness implements SpecialistLoader {
    @Override
    public SpecialistModel load(ModelSource model) {
        int marks = Integer.parseInt(new String(model.bytes(), StandardCharsets.UTF_8).strip());
        return batch -> batch.stream().map(one -> answer(one, marks)).toList();
    }

    private static InferenceResult answer(Inference inference, int marks) {
        String text = inference.text("text");
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank");
        }
        String label = text.chars().filter(c -> c == '!').count() >= marks ? "loud" : "quiet";
        double confidence = text.contains("?") ? 0.5 : 1;
        Artifact labels = LabelsArtifact.of("loudness", "text", List.of(new Candidate(label, confidence)));
        return confidence < 1 ? InferenceResult.abstained("a question", labels) : InferenceResult.answered(labels);
    }
}
