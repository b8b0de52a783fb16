package dev.pinfactory.specialists.entities;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.EntitiesArtifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Finds who and what a text speaks of. */
@Specialist
public final class EntitiesSpecialist implements SpecialistLoader {
    /** The encoder reads 512 pieces of words; a longer text has to be cut by the caller. */
    private static final int MAX_CODE_POINTS = 1_000;

    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public EntitiesSpecialist() {
        this(SentenceEncoder.shared());
    }

    public EntitiesSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new Model(NameReader.read(stream, encoder));
        }
    }

    private record Model(NameReader reader) implements SpecialistModel {
        @Override
        public List<InferenceResult> infer(List<Inference> batch) {
            return batch.stream().map(this::infer).toList();
        }

        private InferenceResult infer(Inference inference) {
            String text = inference.text("text");
            if (text.isBlank()) {
                return InferenceResult.inputInvalid("'text' is blank, expected a text");
            }
            int length = text.codePointCount(0, text.length());
            if (length > MAX_CODE_POINTS) {
                return InferenceResult.inputInvalid(
                        "'text' has " + length + " characters, at most " + MAX_CODE_POINTS + " are read at once");
            }
            if (inference.cancelled()) {
                return InferenceResult.abstained("cancelled");
            }
            return InferenceResult.answered(EntitiesArtifact.of("entities", "text", text, reader.read(text)));
        }
    }
}
