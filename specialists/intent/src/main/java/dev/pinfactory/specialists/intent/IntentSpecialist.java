package dev.pinfactory.specialists.intent;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Tells what a bank's customer wants. */
@Specialist
public class IntentSpecialist implements SpecialistLoader {
    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public IntentSpecialist() {
        this(SentenceEncoder.shared());
    }

    public IntentSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new Model(TextClassifier.read(stream, IntentTrainer.KIND, encoder));
        }
    }

    private record Model(TextClassifier classifier) implements SpecialistModel {
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
            Artifact intent = LabelsArtifact.of("intent", "text", ranked);
            if (ranked.getFirst().confidence() < classifier.floor()) {
                return InferenceResult.abstained(
                        "none of the %d known intents is likelier than %.0f %%"
                                .formatted(ranked.size(), 100 * classifier.floor()),
                        intent);
            }
            return InferenceResult.answered(intent);
        }
    }
}
