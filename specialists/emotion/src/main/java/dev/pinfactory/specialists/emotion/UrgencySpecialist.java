package dev.pinfactory.specialists.emotion;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.MailText;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;

/** Tells how soon a message has to be dealt with: low, normal or high. */
@Specialist(card = "urgency/card.yaml", model = "urgency/model.bin")
public class UrgencySpecialist implements SpecialistLoader {
    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public UrgencySpecialist() {
        this(SentenceEncoder.shared());
    }

    public UrgencySpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new MessageModel(
                    "urgency", MailText::subjectAndBody, TextClassifier.read(stream, UrgencyTrainer.KIND, encoder));
        }
    }
}
