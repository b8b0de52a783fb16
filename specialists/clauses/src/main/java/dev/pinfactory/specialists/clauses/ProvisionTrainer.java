package dev.pinfactory.specialists.clauses;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Lineage;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Learns the kinds of provisions from seven hundred examples of a hundred kinds. They are too few to hold some back: the figures are those of ten models, each
 * on the tenth that it has not seen; the model that ships has learnt from all.
 */
public final class ProvisionTrainer implements SpecialistTrainer {
    static final String KIND = "clauses-ledgar";
    static final String FILE = "train.jsonl.gz";

    private static final TextClassifierTrainer.Settings SETTINGS = new TextClassifierTrainer.Settings(
            new NgramSettings(2, 2, 5, 16), 1, SolverType.L2R_L2LOSS_SVC_DUAL, 1, 0.25, 0.4, 10);

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public ProvisionTrainer() {
        this(SentenceEncoder.shared());
    }

    public ProvisionTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return KIND;
    }

    /** The provisions may not be copied into the project: see {@code data/ledgar/SOURCE.md}. */
    @Override
    public Path defaultData() {
        return Path.of("specialists", "clauses", "data", "ledgar");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("clause_ledgar_small");
    }

    @Override
    public Path resources() {
        return Path.of("specialists", "clauses", "src", "main", "resources")
                .resolve(getClass().getPackageName().replace('.', '/'))
                .resolve("ledgar");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve(FILE);
        TextClassifierTrainer.Result result = new TextClassifierTrainer(
                        SETTINGS, encoder, request.seed(), request.progress())
                .train(LabelledText.read(file), LabelledText::label, LabelledClause::spaced);
        Lineage.Origin origin = new Lineage.Origin(
                ProvisionTrainer.class,
                List.of(file),
                SETTINGS.asMap(),
                Map.of("liblinear", "2.44", "encoder", encoder.digest()));
        return TrainingOutput.write(
                request,
                origin,
                result.classifier().bytes(KIND),
                result.unseen().metrics());
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        TextClassifier classifier = shipped(encoder);
        return new Predictions(LabelledText.read(file).stream()
                        .map(one -> {
                            Candidate best =
                                    rank(classifier, encoder, one.text()).getFirst();
                            return new Predictions.Prediction(one.label(), best.label(), best.confidence());
                        })
                        .toList())
                .metrics();
    }

    static List<Candidate> rank(TextClassifier classifier, SentenceEncoder encoder, String text) {
        return classifier.classify(LabelledClause.spaced(text), encoder.encode(text));
    }

    private static TextClassifier shipped(SentenceEncoder encoder) {
        try (InputStream stream = Objects.requireNonNull(
                ProvisionTrainer.class.getResourceAsStream("ledgar/" + TrainingOutput.MODEL),
                "the model is not on the class path")) {
            return TextClassifier.read(stream, KIND, encoder);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
