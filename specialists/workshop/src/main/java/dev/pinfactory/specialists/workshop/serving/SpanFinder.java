package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.specialists.learning.EntitiesArtifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;

/** Answers with the places that were found, which may be none. */
record SpanFinder(SpanReader reader) implements SpecialistModel {
    private static final ArtifactType TYPE = ArtifactType.SPANS;

    /** A lattice of a longer text takes too much memory. */
    private static final int MAX_CHARACTERS = 200_000;

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        String text = inference.text(TYPE.input());
        if (text.length() > MAX_CHARACTERS) {
            return InferenceResult.inputInvalid(
                    "'text' has %,d characters, at most %,d are read".formatted(text.length(), MAX_CHARACTERS));
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        return InferenceResult.answered(EntitiesArtifact.of(TYPE.output(), TYPE.input(), text, reader.read(text)));
    }
}
