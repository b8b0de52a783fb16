package dev.pinfactory.specialists.emotion;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TextClassifierTrainer;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the emotion model: what ships on own messages, for measuring only on tweets. In both cases the figures are those of ten models, each on the
 * tenth that it has not seen.
 */
public final class EmotionTrainer implements SpecialistTrainer {
    static final String KIND = "emotion";

    private static final String TWEETS = "train.jsonl.gz";
    private static final TextClassifierTrainer.Settings SETTINGS = new TextClassifierTrainer.Settings(
            new NgramSettings(2, 2, 5, 16), 2, SolverType.L2R_L2LOSS_SVC_DUAL, 0.5, 0.5, 0.4, 10);

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public EmotionTrainer() {
        this(SentenceEncoder.shared());
    }

    public EmotionTrainer(SentenceEncoder encoder) {
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
    public Optional<String> measuringSet() {
        return Optional.of("tweet_emotion");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path tweets = request.data().resolve(TWEETS);
        boolean measuring = Files.exists(tweets);
        if (measuring && request.out().endsWith(resources())) {
            throw new DataException(tweets + " is for measuring only: say with --out where the model goes");
        }
        Path file = measuring ? tweets : request.data().resolve(Message.FILE);
        List<LabelledText> texts = measuring
                ? LabelledText.read(file)
                : Message.read(file).stream()
                        .map(message -> new LabelledText(message.text(), message.emotion()))
                        .toList();
        return new TextClassifierTrainer(SETTINGS, encoder, request.seed(), request.progress())
                .trainAndWrite(request, EmotionTrainer.class, KIND, file, texts);
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return Predictions.of(TextClassifier.shipped(EmotionTrainer.class, KIND, encoder), LabelledText.read(file))
                .metrics();
    }
}
