package dev.pinfactory.specialists.clauses;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what a provision is about.
 *
 * @param scaling from the classifier's confidence in its best answer to how often such answers are right: with seven examples of a heading, one temperature is too
 *     sure of clear provisions and not sure enough of the others
 */
record ProvisionReader(TextClassifier classifier, PlattScaling scaling, SentenceEncoder encoder) {
    private static final int VERSION = 2;
    private static final int LARGEST = 16 << 20;

    /** All headings, likeliest first. */
    List<Candidate> read(String text) {
        return scaled(classifier.classify(LabelledClause.spaced(text), encoder.encode(text)));
    }

    /** The others share what the best leaves over, in the proportions that they had; none of them comes to lie above it. */
    private List<Candidate> scaled(List<Candidate> ranked) {
        double first = ranked.getFirst().confidence();
        double best = scaling.of(first);
        double share = first < 1 ? (1 - best) / (1 - first) : 0;
        List<Candidate> scaled = new ArrayList<>();
        for (Candidate one : ranked) {
            scaled.add(new Candidate(one.label(), scaled.isEmpty() ? best : Math.min(best, one.confidence() * share)));
        }
        return List.copyOf(scaled);
    }

    double floor() {
        return classifier.floor();
    }

    byte[] bytes() {
        byte[] inner = classifier.bytes(ProvisionTrainer.KIND);
        return ModelFile.write(ProvisionTrainer.KIND, VERSION, out -> {
            scaling.write(out);
            out.count(inner.length);
            out.bytes(inner);
        });
    }

    /** @throws IOException also when the model was trained with another encoder */
    static ProvisionReader read(InputStream stream, SentenceEncoder encoder) throws IOException {
        return ModelFile.read(stream, ProvisionTrainer.KIND, VERSION, in -> {
            PlattScaling scaling = PlattScaling.read(in);
            byte[] inner = in.bytes(in.count(LARGEST));
            return new ProvisionReader(
                    TextClassifier.read(new ByteArrayInputStream(inner), ProvisionTrainer.KIND, encoder),
                    scaling,
                    encoder);
        });
    }
}
