package dev.pinfactory.specialists.sentiment;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.learning.MailText;
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

/** Tells whether a text is positive or negative; of a mail, its letter alone. */
@Specialist
public class SentimentSpecialist implements SpecialistLoader {
    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public SentimentSpecialist() {
        this(SentenceEncoder.shared());
    }

    public SentimentSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new Model(TextClassifier.read(stream, SentimentTrainer.KIND, encoder));
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
                return InferenceResult.inputInvalid("'text' is blank, expected a text");
            }
            if (inference.cancelled()) {
                return InferenceResult.abstained("cancelled");
            }
            List<Candidate> ranked =
                    classifier.classify(List.of(MailText.body(text))).getFirst();
            Artifact sentiment = LabelsArtifact.of("sentiment", "text", ranked);
            if (ranked.getFirst().confidence() < classifier.floor()) {
                return InferenceResult.abstained("neither praise nor blame outweighs the other clearly", sentiment);
            }
            return InferenceResult.answered(sentiment);
        }
    }
}
