package dev.pinfactory.specialists.languageid;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Tells the language of a text. */
@Specialist
public class LanguageIdSpecialist implements SpecialistLoader {
    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new Model(LanguageModel.read(stream));
        }
    }

    static LanguageModel shipped() {
        try (InputStream stream = LanguageIdSpecialist.class.getResourceAsStream(TrainingOutput.MODEL)) {
            if (stream == null) {
                throw new IllegalStateException("the language model is not on the class path");
            }
            return LanguageModel.read(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Model(LanguageModel languages) implements SpecialistModel {
        @Override
        public List<InferenceResult> infer(List<Inference> batch) {
            return batch.stream().map(this::infer).toList();
        }

        private InferenceResult infer(Inference inference) {
            String text = inference.text("text");
            if (!LanguageModel.hasLetters(text)) {
                return InferenceResult.abstained("the text has no letters");
            }
            List<Candidate> ranked = languages.identify(text);
            Artifact language = LabelsArtifact.of("language", "text", ranked);
            if (ranked.getFirst().confidence() < languages.floor()) {
                return InferenceResult.abstained(
                        "none of the %d known languages is likelier than %.0f %%"
                                .formatted(ranked.size(), 100 * languages.floor()),
                        language);
            }
            return InferenceResult.answered(language);
        }
    }
}
