package dev.pinfactory.specialists.sentiment;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TextClassifierTrainer;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the sentiment model on two thousand sentences of reviews. They are too few to hold some back: the figures are those of ten models of nine
 * tenths each, on the tenth that each had not seen; the model that ships has learnt from all.
 */
public final class SentimentTrainer implements SpecialistTrainer {
    static final String KIND = "sentiment";
    static final String FILE = "train.jsonl.gz";

    private static final TextClassifierTrainer.Settings SETTINGS = new TextClassifierTrainer.Settings(
            new NgramSettings(2, 2, 5, 16), 2, SolverType.L2R_L2LOSS_SVC_DUAL, 1, 0.5, 0.65, 10);

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public SentimentTrainer() {
        this(SentenceEncoder.shared());
    }

    public SentimentTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return KIND;
    }

    /** The sentences may not be copied into the project: see {@code data/SOURCE.md}. */
    @Override
    public Path defaultData() {
        return Path.of("specialists", "sentiment", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("sentiment_sentences");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve(FILE);
        return new TextClassifierTrainer(SETTINGS, encoder, request.seed(), request.progress())
                .trainAndWrite(request, SentimentTrainer.class, KIND, file, LabelledText.read(file));
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return Predictions.of(shipped(encoder), LabelledText.read(file)).metrics();
    }

    static TextClassifier shipped(SentenceEncoder encoder) {
        return TextClassifier.shipped(SentimentTrainer.class, KIND, encoder);
    }
}
