package dev.pinfactory.specialists.intent;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;

/** Tells what a bank's customer wants. */
@Specialist
public class IntentSpecialist implements SpecialistLoader {
    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public IntentSpecialist() {
        this(SentenceEncoder.shared());
    }

    public IntentSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new IntentModel(TextClassifier.read(stream, IntentTrainer.KIND, encoder));
        }
    }
}
