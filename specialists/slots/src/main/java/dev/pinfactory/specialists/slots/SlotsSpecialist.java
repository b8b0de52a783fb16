package dev.pinfactory.specialists.slots;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.EntitiesArtifact;
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
import java.util.Optional;

/** Tells what a request wants and with which parameters. */
@Specialist
public final class SlotsSpecialist implements SpecialistLoader {
    /** Who says more than this in one request wants more than one thing. */
    private static final int MAX_CODE_POINTS = 2_000;

    private static final double FLOOR = 0.6;

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new Model(RequestReader.read(stream));
        }
    }

    private record Model(RequestReader reader) implements SpecialistModel {
        @Override
        public List<InferenceResult> infer(List<Inference> batch) {
            return batch.stream().map(this::infer).toList();
        }

        private InferenceResult infer(Inference inference) {
            String text = inference.text("text");
            if (text.isBlank()) {
                return InferenceResult.inputInvalid("'text' is blank, expected a request");
            }
            int length = text.codePointCount(0, text.length());
            if (length > MAX_CODE_POINTS) {
                return InferenceResult.inputInvalid("'text' has " + length + " characters, at most " + MAX_CODE_POINTS
                        + " are read as one request");
            }
            if (inference.cancelled()) {
                return InferenceResult.abstained("cancelled");
            }
            RequestReader.Reading reading = reader.read(text);
            Artifact intent = LabelsArtifact.of("intent", "text", reading.intents());
            Artifact slots = EntitiesArtifact.of(
                    "slots",
                    "text",
                    text,
                    reading.slots().stream()
                            .map(slot -> new EntitiesArtifact.Found(
                                    slot.type(), slot.start(), slot.end(), slot.confidence(), Optional.empty()))
                            .toList());
            if (reading.intents().getFirst().confidence() < FLOOR) {
                return InferenceResult.abstained("none of the known intents is likely enough", intent, slots);
            }
            return InferenceResult.answered(intent, slots);
        }
    }
}
