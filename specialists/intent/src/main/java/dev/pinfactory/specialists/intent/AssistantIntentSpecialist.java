package dev.pinfactory.specialists.intent;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;

/**
 * Tells what a user asks an assistant for, and says so where it is something else. Hosts don't serve it by themselves: beside the intents of a bank's
 * customers, requests that only say "intent" would have two specialists to go to.
 */
@Specialist(card = "clinc150/card.yaml", model = "clinc150/model.bin")
public class AssistantIntentSpecialist implements SpecialistLoader {
    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public AssistantIntentSpecialist() {
        this(SentenceEncoder.shared());
    }

    public AssistantIntentSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new IntentModel(TextClassifier.read(stream, AssistantIntentTrainer.KIND, encoder));
        }
    }
}
