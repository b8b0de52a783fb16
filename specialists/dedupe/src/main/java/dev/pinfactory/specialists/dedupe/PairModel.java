package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.IOException;
import java.io.InputStream;

/** How likely it is that two rows denote the same thing: logistic regression, moved by a sigmoid that was fitted to pairs it had not seen. */
record PairModel(LinearModel model, PlattScaling scaling) {
    static final String KIND = "dedupe";
    static final String SAME = "same";
    static final String DIFFERENT = "different";
    static final int FEATURES = PairFeatures.SIZE + Rivals.SIZE;
    private static final int VERSION = 2;

    PairModel {
        if (model.features() != FEATURES || !model.labels().contains(SAME)) {
            throw new IllegalArgumentException("model has %d features and the labels %s, expected %d and '%s'"
                    .formatted(model.features(), model.labels(), PairFeatures.SIZE, SAME));
        }
    }

    double probability(SparseVector pair) {
        return scaling.of(raw(pair));
    }

    double raw(SparseVector pair) {
        return 1 / (1 + StrictMath.exp(-model.scores(pair)[model.labels().indexOf(SAME)]));
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            model.write(out);
            scaling.write(out);
        });
    }

    static PairModel read(InputStream stream) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, in -> new PairModel(LinearModel.read(in), PlattScaling.read(in)));
    }
}
