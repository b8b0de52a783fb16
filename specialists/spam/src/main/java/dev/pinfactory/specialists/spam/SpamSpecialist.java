package dev.pinfactory.specialists.spam;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Tells spam and phishing from messages that somebody wrote to somebody. */
@Specialist
public class SpamSpecialist implements SpecialistLoader {
    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public SpamSpecialist() {
        this(SentenceEncoder.shared());
    }

    public SpamSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new Model(SpamFilter.read(stream, encoder));
        }
    }

    private record Model(SpamFilter filter) implements SpecialistModel {
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
            List<Candidate> ranked = filter.judge(text);
            Artifact verdict = LabelsArtifact.of("verdict", "text", ranked);
            if (ranked.getFirst().confidence() < filter.classifier().floor()) {
                return InferenceResult.abstained("it could as well be spam as not", verdict);
            }
            return InferenceResult.answered(verdict);
        }
    }
}
