package dev.pinfactory.specialists.intent;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TextClassifierTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns from clinc150's {@code train.jsonl.gz}, texts out of scope as a label of their own. From which confidence on it answers is chosen on
 * {@code dev.jsonl.gz}; the figures are those of each half of it with the floor of the other.
 */
public final class AssistantIntentTrainer implements SpecialistTrainer {
    static final String KIND = "intent-clinc150";

    /** Share of the questions in scope that shall be answered, and rightly. What is out of scope is found as often as that allows. */
    private static final double RIGHT = 0.95;

    private static final TextClassifierTrainer.Settings SETTINGS = new TextClassifierTrainer.Settings(
            new NgramSettings(2, 2, 5, 16), 2, SolverType.L2R_L2LOSS_SVC_DUAL, 1, 0.25, 0, 3);

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public AssistantIntentTrainer() {
        this(SentenceEncoder.shared());
    }

    public AssistantIntentTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "intent", "data", "clinc150");
    }

    @Override
    public Path resources() {
        return Path.of("specialists", "intent", "src", "main", "resources")
                .resolve(getClass().getPackageName().replace('.', '/'))
                .resolve("clinc150");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("clinc150");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve("train.jsonl.gz");
        Path dev = request.data().resolve("dev.jsonl.gz");
        List<LabelledText> validation = LabelledText.read(dev);
        if (ScopedAnswers.outOfScope(validation) == 0) {
            throw new DataException(dev + " has no texts with the label '" + IntentModel.OUT_OF_SCOPE + "'");
        }
        TextClassifierTrainer trainer =
                new TextClassifierTrainer(SETTINGS, encoder, request.seed(), request.progress());
        TextClassifier classifier =
                trainer.train(LabelledText.read(file), LabelledText::label).classifier();
        request.progress().accept("choosing the floor on " + validation.size() + " questions");
        ScopedAnswers answers = ScopedAnswers.of(classifier, validation);
        double floor = answers.floor(RIGHT);
        Map<String, Object> settings = new LinkedHashMap<>(SETTINGS.asMap());
        settings.put("floor", floor);
        settings.put("right", RIGHT);
        Lineage.Origin origin = new Lineage.Origin(
                AssistantIntentTrainer.class,
                List.of(file, dev),
                settings,
                Map.of("liblinear", "2.44", "encoder", encoder.digest()));
        return TrainingOutput.write(
                request,
                origin,
                classifier.withFloor(floor).bytes(KIND),
                crossed(answers, request.seed()).metrics());
    }

    /** Each half with the floor that the other half asks for, so that no question is judged by a floor that it helped to choose. */
    private static ScopedAnswers crossed(ScopedAnswers answers, long seed) {
        List<ScopedAnswers.Answer> judged = new ArrayList<>();
        for (Split<ScopedAnswers.Answer> half :
                Split.folds(answers.answers(), answer -> answer.inScope() ? "in" : "out", 2, seed)) {
            double floor = new ScopedAnswers(half.train()).floor(RIGHT);
            half.held().forEach(answer -> judged.add(answer.at(floor)));
        }
        return new ScopedAnswers(judged);
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        TextClassifier classifier = shipped(encoder);
        return ScopedAnswers.of(classifier, LabelledText.read(file))
                .at(classifier.floor())
                .metrics();
    }

    static TextClassifier shipped(SentenceEncoder encoder) {
        try (InputStream stream =
                AssistantIntentTrainer.class.getResourceAsStream("clinc150/" + TrainingOutput.MODEL)) {
            if (stream == null) {
                throw new IllegalStateException("the " + KIND + " model is not on the class path");
            }
            return TextClassifier.read(stream, KIND, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
