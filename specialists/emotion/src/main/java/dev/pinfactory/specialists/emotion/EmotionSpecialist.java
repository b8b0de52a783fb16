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

/** Tells which emotion a message shows: anger, joy, optimism or sadness. */
@Specialist
public class EmotionSpecialist implements SpecialistLoader {
    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public EmotionSpecialist() {
        this(SentenceEncoder.shared());
    }

    public EmotionSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            return new MessageModel(
                    "emotion", MailText::body, TextClassifier.read(stream, EmotionTrainer.KIND, encoder));
        }
    }
}
