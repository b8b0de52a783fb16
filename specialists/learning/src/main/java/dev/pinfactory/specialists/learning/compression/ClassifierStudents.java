package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TfIdf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Trains students of several sizes, each with what a teacher says and, as large, without it. */
final class ClassifierStudents {
    /** Of a labelled text, the share that the teacher has in what is learnt. */
    private static final float TEACHERS_SHARE = 0.5f;

    /** The same work for those with a teacher's many texts and those without. */
    private static final int PASSES_OVER_LABELLED = 20;

    private static final int PASSES_OVER_ALL = 6;
    private static final double STEP = 8;
    private static final double DECAY = 1e-6;

    private final ClassifierCompression.Settings settings;
    private final ClassifierCompression.Texts train;
    private final ClassifierCompression.Texts calibration;
    private final SentenceEncoder encoder;
    private final long seed;
    private final List<String> labels;
    private final NgramFeatures ngrams;
    private final TfIdf tfIdf;
    private final List<SparseVector> inputs = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final List<float[]> taught = new ArrayList<>();
    /** How many of the inputs need no teacher: they come first. */
    private final int known;

    ClassifierStudents(
            ClassifierCompression.Settings settings,
            ClassifierCompression.Texts train,
            ClassifierCompression.Texts calibration,
            Unlabelled elsewhere,
            Unlabelled more,
            ClassifierLabeller teacher,
            SentenceEncoder encoder,
            long seed) {
        this.settings = settings;
        this.train = train;
        this.calibration = calibration;
        this.encoder = encoder;
        this.seed = seed;
        labels = train.labels();
        ngrams = new NgramFeatures(settings.ngrams());
        List<SparseVector> counts = train.texts().stream()
                .map(LabelledText::text)
                .map(ngrams::count)
                .toList();
        tfIdf = TfIdf.fit(counts, settings.ngrams().size());
        for (int i = 0; i < counts.size(); i++) {
            double[] said = teacher.probabilities(train.text(i), train.vectors()[i]);
            float[] target = known(i);
            for (int label = 0; label < said.length; label++) {
                target[label] = TEACHERS_SHARE * (float) said[label] + (1 - TEACHERS_SHARE) * target[label];
            }
            add(counts.get(i), train.vectors()[i], target);
        }
        for (int i = 0; i < elsewhere.texts().size(); i++) {
            add(ngrams.count(elsewhere.texts().get(i)), elsewhere.vectors()[i], anything());
        }
        known = inputs.size();
        for (int i = 0; i < more.texts().size(); i++) {
            double[] said = teacher.probabilities(more.texts().get(i), more.vectors()[i]);
            if (said.length > 0) {
                add(ngrams.count(more.texts().get(i)), more.vectors()[i], floats(said));
            }
        }
    }

    /** Texts whose label nobody has said, and their vectors. */
    record Unlabelled(List<String> texts, float[][] vectors) {
        static Unlabelled of(List<String> texts, SentenceEncoder encoder) {
            return new Unlabelled(texts, encoder.encode(texts));
        }
    }

    /** Of a text about something else: no label is likelier than another. */
    private float[] anything() {
        float[] target = new float[labels.size()];
        Arrays.fill(target, 1f / target.length);
        return target;
    }

    private void add(SparseVector counts, float[] vector, float[] target) {
        inputs.add(tfIdf.apply(counts));
        vectors.add(vector);
        taught.add(target);
    }

    private float[] known(int i) {
        float[] target = new float[labels.size()];
        target[labels.indexOf(train.texts().get(i).label())] = 1;
        return target;
    }

    /** The likeliest label; empty where there is none. */
    String best(double[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return probabilities.length == 0 ? "" : labels.get(best);
    }

    /** One for each size, from labelled texts and all that the teacher has labelled. */
    List<TextClassifier> taught(float vectorWeight) {
        return students(taught, vectorWeight, PASSES_OVER_ALL);
    }

    /** One for each size, from labelled texts and those about something else alone. */
    List<TextClassifier> alone(float vectorWeight) {
        List<float[]> targets = new ArrayList<>();
        for (int i = 0; i < known; i++) {
            targets.add(i < train.texts().size() ? known(i) : anything());
        }
        return students(targets, vectorWeight, PASSES_OVER_LABELLED);
    }

    private List<TextClassifier> students(List<float[]> targets, float vectorWeight, int passes) {
        List<SparseVector> read = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            read.add(
                    vectorWeight == 0
                            ? inputs.get(i)
                            : inputs.get(i).followedBy(vectors.get(i), vectorWeight, tfIdf.size()));
        }
        // A vector's length adds to that of the n-grams, and steps have to shrink with its square.
        double step = STEP / (1 + vectorWeight * vectorWeight);
        SoftTrainer trainer = new SoftTrainer(
                new SoftTrainer.Settings(SoftTrainer.Link.ONE_OF, passes, Math.max(2, passes / 4), step, DECAY, seed));
        int features = tfIdf.size() + (vectorWeight == 0 ? 0 : SentenceEncoder.DIMENSIONS);
        float[] weights = new float[targets.size()];
        Arrays.fill(weights, 1);
        return trainer
                .train(
                        read,
                        new SoftTargets(labels, targets.toArray(float[][]::new), weights),
                        features,
                        settings.keeps())
                .stream()
                .map(model -> calibrated(model, vectorWeight))
                .toList();
    }

    private TextClassifier calibrated(LinearModel model, float vectorWeight) {
        double[][] scores = new double[calibration.texts().size()][];
        int[] truth = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            SparseVector weighed = tfIdf.apply(ngrams.count(calibration.text(i)));
            scores[i] = model.scores(
                    vectorWeight == 0
                            ? weighed
                            : weighed.followedBy(calibration.vectors()[i], vectorWeight, tfIdf.size()));
            truth[i] = labels.indexOf(calibration.texts().get(i).label());
        }
        return TextClassifier.of(
                ngrams, tfIdf, vectorWeight, model, TemperatureScaling.fit(scores, truth), settings.floor(), encoder);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
