package dev.pinfactory.specialists.documenttype;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import dev.pinfactory.specialists.learning.TfIdf;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A linear model over hashed n-grams; how sure it is was learnt from wordings that it had not seen. */
record DocumentTypeModel(NgramFeatures ngrams, TfIdf tfIdf, LinearModel model, TemperatureScaling scaling) {
    static final String KIND = "document-type";

    /** What is none of the kinds. */
    static final String OTHER = "other";

    /** Below, the best kind should not be believed. */
    static final double FLOOR = 0.5;

    private static final int VERSION = 1;

    DocumentTypeModel {
        if (model.features() != ngrams.settings().size()) {
            throw new IllegalArgumentException("model has " + model.features() + " features, expected "
                    + ngrams.settings().size());
        }
    }

    /** All kinds, the likeliest first. */
    List<Candidate> classify(String text) {
        return Candidate.ranked(model.labels(), scaling.probabilities(scores(text)));
    }

    double[] scores(String text) {
        SparseVector features = tfIdf.apply(ngrams.count(text));
        return model.scores(features);
    }

    /** Whether nothing fits, or nothing well enough. */
    static boolean abstains(Candidate best) {
        return best.label().equals(OTHER) || best.confidence() < FLOOR;
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            ngrams.settings().write(out);
            tfIdf.write(out);
            scaling.write(out);
            model.write(out);
        });
    }

    static DocumentTypeModel read(InputStream stream) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, in -> {
            NgramSettings settings = NgramSettings.read(in);
            TfIdf tfIdf = TfIdf.read(in, settings.size());
            TemperatureScaling scaling = TemperatureScaling.read(in);
            return new DocumentTypeModel(new NgramFeatures(settings), tfIdf, LinearModel.read(in), scaling);
        });
    }
}
