package dev.pinfactory.router.models;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The probability that a plan uses a card: the mean of the logits of a linear and a boosted model, which err in different places. */
record Reranker(LogisticRegression linear, BoostedTrees boosted) {

    /** One for each row. */
    double[] probabilities(float[][] rows) {
        return Arrays.stream(rows).mapToDouble(this::probability).toArray();
    }

    double probability(float[] features) {
        return LogisticRegression.sigmoid((linear.logit(features) + boosted.logit(features)) / 2);
    }

    /** The linear model alone. */
    Reranker linearAlone() {
        double[] doubled =
                Arrays.stream(linear.weights()).map(weight -> 2 * weight).toArray();
        return new Reranker(
                new LogisticRegression(linear.means(), linear.deviations(), doubled), new BoostedTrees(0, List.of()));
    }

    void write(DataOutputStream out) throws IOException {
        linear.write(out);
        boosted.write(out);
    }

    static Reranker read(DataInputStream in) throws IOException {
        return new Reranker(LogisticRegression.read(in), BoostedTrees.read(in));
    }
}
