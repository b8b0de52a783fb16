package dev.pinfactory.specialists.clauses;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TextClassifierTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

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
        List<LabelledText> provisions = LabelledText.read(file);
        TextClassifierTrainer trainer =
                new TextClassifierTrainer(SETTINGS, encoder, request.seed(), request.progress());
        TextClassifierTrainer.Result result = trainer.train(provisions, LabelledText::label, LabelledClause::spaced);
        List<Prediction> unseen = result.unseen().cases();
        return TrainingOutput.write(
                request,
                trainer.origin(ProvisionTrainer.class, file),
                new ProvisionReader(result.classifier(), scaling(unseen), encoder).bytes(),
                scaled(provisions, unseen, request.seed()).metrics());
    }

    private static PlattScaling scaling(List<Prediction> unseen) {
        boolean[] right = new boolean[unseen.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = unseen.get(i).truth().equals(unseen.get(i).predicted());
        }
        return PlattScaling.fit(
                unseen.stream().mapToDouble(Prediction::confidence).toArray(), right);
    }

    /** Each tenth of the answers is scaled as fits the others, in the tenths in which they were given. */
    private static Predictions scaled(List<LabelledText> provisions, List<Prediction> unseen, long seed) {
        List<Prediction> scaled = new ArrayList<>(unseen);
        List<Integer> all = IntStream.range(0, unseen.size()).boxed().toList();
        for (Split<Integer> fold : Split.folds(all, i -> provisions.get(i).label(), SETTINGS.folds(), seed)) {
            PlattScaling scaling =
                    scaling(fold.train().stream().map(unseen::get).toList());
            for (int i : fold.held()) {
                Prediction one = unseen.get(i);
                scaled.set(i, new Prediction(one.truth(), one.predicted(), scaling.of(one.confidence())));
            }
        }
        return new Predictions(scaled);
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        ProvisionReader reader = shipped(encoder);
        return new Predictions(LabelledText.read(file).stream()
                        .map(one -> {
                            Candidate best = reader.read(one.text()).getFirst();
                            return new Prediction(one.label(), best.label(), best.confidence());
                        })
                        .toList())
                .metrics();
    }

    private static ProvisionReader shipped(SentenceEncoder encoder) {
        try (InputStream stream = Objects.requireNonNull(
                ProvisionTrainer.class.getResourceAsStream("ledgar/" + TrainingOutput.MODEL),
                "the model is not on the class path")) {
            return ProvisionReader.read(stream, encoder);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
