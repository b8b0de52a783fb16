package dev.pinfactory.specialists.documenttype;

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

/** Tells what kind of document a text is. */
@Specialist
public final class DocumentTypeSpecialist implements SpecialistLoader {
    static final String TEXT = "text";
    static final String TYPE = "type";

    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        DocumentTypeModel model;
        try (InputStream stream = source.open()) {
            model = DocumentTypeModel.read(stream);
        }
        return batch -> batch.stream().map(inference -> infer(model, inference)).toList();
    }

    private static InferenceResult infer(DocumentTypeModel model, Inference inference) {
        String text = inference.text(TEXT);
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected the text of a document");
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        List<Candidate> ranked = model.classify(text);
        Candidate best = ranked.getFirst();
        Artifact answer = LabelsArtifact.of(TYPE, TEXT, ranked);
        if (best.label().equals(DocumentTypeModel.OTHER)) {
            return InferenceResult.abstained("it is no document of a kind that is known", answer);
        }
        return DocumentTypeModel.abstains(best)
                ? InferenceResult.abstained("no kind fits well: " + best.label() + " is the likeliest", answer)
                : InferenceResult.answered(answer);
    }
}
