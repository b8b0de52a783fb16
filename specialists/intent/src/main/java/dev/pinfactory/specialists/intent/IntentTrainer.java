package dev.pinfactory.specialists.intent;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.compression.ClassifierCompression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the intent model on banking77: a teacher of three models, and the small student of it that ships. A tenth of the questions is held back, for judging
 * them.
 */
public final class IntentTrainer implements SpecialistTrainer {
    static final String KIND = "intent";
    static final String FILE = "train.jsonl.gz";
    static final double HELD_BACK = 0.1;

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public IntentTrainer() {
        this(SentenceEncoder.shared());
    }

    public IntentTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "intent", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("banking77");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        CompressionRequest compression =
                new CompressionRequest(request.data(), Optional.empty(), List.of(), request.seed(), request.progress());
        ClassifierCompression.Student student = IntentCompressor.student(encoder, compression);
        List<LabelledText> held =
                split(request.data().resolve(FILE), request.seed()).held();
        request.progress().accept("measuring on " + held.size() + " questions");
        return TrainingOutput.write(
                request,
                student.origin(),
                student.classifier().bytes(KIND),
                Predictions.of(student.classifier(), held).metrics());
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return Predictions.of(shipped(encoder), LabelledText.read(file)).metrics();
    }

    static Split<LabelledText> split(Path file, long seed) {
        return Split.stratified(LabelledText.read(file), LabelledText::label, HELD_BACK, seed);
    }

    static TextClassifier shipped(SentenceEncoder encoder) {
        return TextClassifier.shipped(IntentTrainer.class, KIND, encoder);
    }
}
