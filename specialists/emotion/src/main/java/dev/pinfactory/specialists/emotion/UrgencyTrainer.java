package dev.pinfactory.specialists.emotion;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TextClassifierTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Trains the urgency model on own messages. They are few: the figures are those of ten models, each on the tenth that it has not seen. */
public final class UrgencyTrainer implements SpecialistTrainer {
    static final String KIND = "urgency";

    private static final TextClassifierTrainer.Settings SETTINGS = new TextClassifierTrainer.Settings(
            new NgramSettings(2, 2, 5, 15), 2, SolverType.L2R_L2LOSS_SVC_DUAL, 1, 0.5, 0.5, 10);

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public UrgencyTrainer() {
        this(SentenceEncoder.shared());
    }

    public UrgencyTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "emotion", "data");
    }

    @Override
    public Path resources() {
        return Path.of("specialists", "emotion", "src", "main", "resources")
                .resolve(getClass().getPackageName().replace('.', '/'))
                .resolve("urgency");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve(Message.FILE);
        List<LabelledText> texts = Message.read(file).stream()
                .map(message -> new LabelledText(message.text(), message.urgency()))
                .toList();
        return new TextClassifierTrainer(SETTINGS, encoder, request.seed(), request.progress())
                .trainAndWrite(request, UrgencyTrainer.class, KIND, file, texts);
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        try (InputStream stream = UrgencyTrainer.class.getResourceAsStream("urgency/" + TrainingOutput.MODEL)) {
            if (stream == null) {
                throw new IllegalStateException("the urgency model is not on the class path");
            }
            return Predictions.of(TextClassifier.read(stream, KIND, encoder), LabelledText.read(file))
                    .metrics();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
