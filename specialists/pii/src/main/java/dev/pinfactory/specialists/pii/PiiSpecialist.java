package dev.pinfactory.specialists.pii;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.EntitiesArtifact;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.util.List;

/** Lists the personal data in a text. */
@Specialist(card = "card.yaml")
public final class PiiSpecialist implements SpecialistLoader {
    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        return TextAnswers.of(source, (text, found) -> InferenceResult.answered(entities(text.getText(), found)));
    }

    private static Artifact entities(String text, List<PersonalDatum> found) {
        return EntitiesArtifact.of(
                "entities",
                "text",
                text,
                found.stream()
                        .map(datum -> new EntitiesArtifact.Found(
                                datum.type(),
                                datum.start(),
                                datum.end(),
                                datum.confidence(),
                                PiiValue.of(datum.type(), text.substring(datum.start(), datum.end()))))
                        .toList());
    }
}
