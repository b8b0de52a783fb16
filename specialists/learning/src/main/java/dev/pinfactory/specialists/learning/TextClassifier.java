package dev.pinfactory.specialists.learning;

import dev.pinfactory.encoder.SentenceEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels texts by their words, by runs of characters and by their meaning: a linear model over hashed n-grams and the sentence vector. The n-grams
 * know the field's exact words, the vector knows what was never said in training; together they beat either.
 */
public final class TextClassifier {
    private static final int VERSION = 1;

    /** In place of the digest, where n-grams are enough. */
    private static final String NO_ENCODER = "none";

    private final Features features;
    private final LinearModel model;
    private final TemperatureScaling calibration;
    private final double floor;
    private final SentenceEncoder encoder;

    TextClassifier(
            Features features,
            LinearModel model,
            TemperatureScaling calibration,
            double floor,
            SentenceEncoder encoder) {
        if (!(floor >= 0 && floor < 1)) {
            throw new IllegalArgumentException("floor is " + floor + ", expected 0 to 1");
        }
        if (model.features() != features.size()) {
            throw new IllegalArgumentException(
                    "model has " + model.features() + " features, expected " + features.size());
        }
        this.features = features;
        this.model = model;
        this.calibration = calibration;
        this.floor = floor;
        this.encoder = encoder;
    }

    /**
     * A classifier of parts that were trained elsewhere.
     *
     * @param vectorWeight 0 for one that reads n-grams alone and does without the encoder's time
     */
    public static TextClassifier of(
            NgramFeatures ngrams,
            TfIdf tfIdf,
            float vectorWeight,
            LinearModel model,
            TemperatureScaling calibration,
            double floor,
            SentenceEncoder encoder) {
        return new TextClassifier(new Features(ngrams, tfIdf, vectorWeight), model, calibration, floor, encoder);
    }

    /** What a text looks like to the linear model. */
    record Features(NgramFeatures ngrams, TfIdf tfIdf, float vectorWeight) {
        /** Without weight the vector is no feature, and the encoder is not asked. */
        boolean readsVector() {
            return vectorWeight != 0;
        }

        int size() {
            return ngrams.settings().size() + (readsVector() ? SentenceEncoder.DIMENSIONS : 0);
        }

        SparseVector of(String text, float[] vector) {
            return of(ngrams.count(text), vector);
        }

        SparseVector of(SparseVector counts, float[] vector) {
            SparseVector weighed = tfIdf.apply(counts);
            return readsVector()
                    ? weighed.followedBy(vector, vectorWeight, ngrams.settings().size())
                    : weighed;
        }
    }

    /** All labels of each text, likeliest first. Texts are not blank. */
    public List<List<Candidate>> classify(List<String> texts) {
        float[][] vectors = features.readsVector() ? encoder.encode(texts) : new float[texts.size()][];
        List<List<Candidate>> answers = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            answers.add(classify(texts.get(i), vectors[i]));
        }
        return List.copyOf(answers);
    }

    /** All labels of a text whose vector is known. */
    public List<Candidate> classify(String text, float[] vector) {
        return Candidate.ranked(model.labels(), calibration.probabilities(model.scores(features.of(text, vector))));
    }

    /** Below this confidence the best label should not be believed. */
    public double floor() {
        return floor;
    }

    /** The same, to be believed from another confidence on. */
    public TextClassifier withFloor(double newFloor) {
        return new TextClassifier(features, model, calibration, newFloor, encoder);
    }

    public List<String> labels() {
        return model.labels();
    }

    /** Whether it asks the sentence encoder. */
    public boolean readsVector() {
        return features.readsVector();
    }

    public byte[] bytes(String kind) {
        return ModelFile.write(kind, VERSION, out -> {
            out.word(features.readsVector() ? encoder.digest() : NO_ENCODER);
            features.ngrams().settings().write(out);
            features.tfIdf().write(out);
            out.number(features.vectorWeight());
            calibration.write(out);
            out.number(floor);
            model.write(out);
        });
    }

    /** The model that ships beside a class. */
    public static TextClassifier shipped(Class<?> owner, String kind, SentenceEncoder encoder) {
        try (InputStream stream = owner.getResourceAsStream(TrainingOutput.MODEL)) {
            if (stream == null) {
                throw new IllegalStateException("the " + kind + " model is not on the class path");
            }
            return read(stream, kind, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException also when the model was trained with another encoder, whose vectors mean something else
     */
    public static TextClassifier read(InputStream stream, String kind, SentenceEncoder encoder) throws IOException {
        return ModelFile.read(stream, kind, VERSION, in -> {
            String trainedWith = in.word();
            if (!trainedWith.equals(NO_ENCODER) && !trainedWith.equals(encoder.digest())) {
                throw new IOException(
                        "model '" + kind + "' was trained with " + trainedWith + ", here is " + encoder.digest());
            }
            NgramSettings ngrams = NgramSettings.read(in);
            TfIdf tfIdf = TfIdf.read(in, ngrams.size());
            Features features = new Features(new NgramFeatures(ngrams), tfIdf, in.smallNumber());
            TemperatureScaling calibration = TemperatureScaling.read(in);
            double floor = in.number();
            if (trainedWith.equals(NO_ENCODER) == features.readsVector()) {
                throw new IOException("model '" + kind + "' does not say which encoder it needs");
            }
            return new TextClassifier(features, LinearModel.read(in), calibration, floor, encoder);
        });
    }
}
