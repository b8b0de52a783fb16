package dev.pinfactory.specialists.faq;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Answers a question from a list of known questions and answers: the model's own, or those of the file that {@value #FILE} names. The model then only
 * says how sure a match is.
 */
@Specialist
public class FaqSpecialist implements SpecialistLoader, EnvironmentAware {
    /** Setting: a {@code .csv} or {@code .jsonl} file with columns question and answer. */
    public static final String FILE = "pinfactory.specialists.faq.file";

    private final SentenceEncoder encoder;
    private Optional<Path> file;

    /** With the process's own encoder. */
    public FaqSpecialist() {
        this(SentenceEncoder.shared());
    }

    public FaqSpecialist(SentenceEncoder encoder) {
        this(encoder, Optional.empty());
    }

    FaqSpecialist(SentenceEncoder encoder, Optional<Path> file) {
        this.encoder = encoder;
        this.file = file;
    }

    @Override
    public void setEnvironment(Environment environment) {
        String named = environment.getProperty(FILE, "");
        file = named.isBlank() ? Optional.empty() : Optional.of(Path.of(named));
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            FaqModel shipped = FaqModel.read(stream, encoder);
            return file.isPresent() ? shipped.withIndex(OwnFaq.of(file.get(), encoder)) : shipped;
        }
    }
}
