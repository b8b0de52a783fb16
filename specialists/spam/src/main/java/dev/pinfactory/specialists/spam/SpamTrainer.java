package dev.pinfactory.specialists.spam;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Lineage;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains the spam filter. A tenth of the spam is 44 messages, too few to judge by: the figures are those of ten models of nine tenths each, on the tenth
 * that each had not seen, with a sigmoid that has not seen it either; the model that ships has learnt from all.
 */
public final class SpamTrainer implements SpecialistTrainer {
    static final String FILE = "train.jsonl.gz";

    private static final int FOLDS = 10;

    /** The best of a dozen by cross-validation. More than single words, or a larger C, change less than another seed. */
    private static final TextClassifierTrainer.Settings SETTINGS = new TextClassifierTrainer.Settings(
            new NgramSettings(1, 1, 5, 16), 1.5f, SolverType.L2R_L2LOSS_SVC_DUAL, 1, 1, 0.6, FOLDS);

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public SpamTrainer() {
        this(SentenceEncoder.shared());
    }

    public SpamTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return "spam";
    }

    /** The messages may not be copied into the project: see {@code data/SOURCE.md}. */
    @Override
    public Path defaultData() {
        return Path.of("specialists", "spam", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("sms_spam");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve(FILE);
        TextClassifierTrainer.Result result = new TextClassifierTrainer(
                        SETTINGS, encoder, request.seed(), request.progress())
                .train(read(file), LabelledText::label, MessageForm::described);
        List<Prediction> unseen = result.unseen().cases();
        SpamFilter filter = new SpamFilter(result.classifier(), scaling(unseen), encoder);
        Lineage.Origin origin = new Lineage.Origin(
                SpamTrainer.class,
                List.of(file),
                SETTINGS.asMap(),
                Map.of("liblinear", "2.44", "encoder", encoder.digest()));
        return TrainingOutput.write(
                request, origin, filter.bytes(), SpamEvaluation.figures(judged(unseen, request.seed())));
    }

    /** Each answer moved by a sigmoid that was fitted to the answers of the other folds. */
    private static Predictions judged(List<Prediction> unseen, long seed) {
        Prediction[] judged = new Prediction[unseen.size()];
        List<Integer> all = IntStream.range(0, judged.length).boxed().toList();
        for (Split<Integer> fold : Split.folds(all, i -> unseen.get(i).truth(), FOLDS, seed)) {
            PlattScaling scaling =
                    scaling(fold.train().stream().map(unseen::get).toList());
            for (int i : fold.held()) {
                var best = SpamFilter.ranked(scaling.of(spam(unseen.get(i)))).getFirst();
                judged[i] = new Prediction(unseen.get(i).truth(), best.label(), best.confidence());
            }
        }
        return new Predictions(Arrays.asList(judged));
    }

    private static PlattScaling scaling(List<Prediction> answers) {
        boolean[] spam = new boolean[answers.size()];
        for (int i = 0; i < spam.length; i++) {
            spam[i] = answers.get(i).truth().equals(SpamFilter.SPAM);
        }
        return PlattScaling.fit(answers.stream().mapToDouble(SpamTrainer::spam).toArray(), spam);
    }

    private static double spam(Prediction answer) {
        return answer.predicted().equals(SpamFilter.SPAM) ? answer.confidence() : 1 - answer.confidence();
    }

    private static List<LabelledText> read(Path file) {
        List<LabelledText> messages = LabelledText.read(file);
        for (LabelledText message : messages) {
            if (!message.label().equals(SpamFilter.SPAM) && !message.label().equals(SpamFilter.HAM)) {
                throw new DataException(file + " has the label '" + message.label() + "', expected spam or ham");
            }
        }
        return messages;
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        SpamFilter filter = shipped(encoder);
        return SpamEvaluation.figures(new Predictions(read(file).stream()
                .map(message -> {
                    var best = filter.judge(message.text()).getFirst();
                    return new Prediction(message.label(), best.label(), best.confidence());
                })
                .toList()));
    }

    static SpamFilter shipped(SentenceEncoder encoder) {
        try (InputStream stream = Objects.requireNonNull(
                SpamTrainer.class.getResourceAsStream(TrainingOutput.MODEL), "the model is not on the class path")) {
            return SpamFilter.read(stream, encoder);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
