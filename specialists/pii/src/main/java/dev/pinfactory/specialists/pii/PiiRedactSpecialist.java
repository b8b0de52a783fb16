package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;

/** Puts replacements such as {@code [PERSON]} in place of the personal data in a text. */
@Specialist(card = "redact/card.yaml")
public final class PiiRedactSpecialist implements SpecialistLoader {
    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        return TextAnswers.of(source, (text, found) -> InferenceResult.answered(RedactedArtifact.of(text, found)));
    }
}
