package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainersTest {
    private static final long SEED = 7;
    private final float[][] rows = new float[2_000][2];
    private final double[] labels = new double[rows.length];
    private final double[] weights = new double[rows.length];

    /** Points of a square; the label says whether both coordinates have the same sign, or, if linear, whether the first is larger. */
    private void points(boolean linear) {
        Random random = new Random(SEED);
        for (int i = 0; i < rows.length; i++) {
            rows[i][0] = (float) random.nextGaussian();
            rows[i][1] = (float) random.nextGaussian();
            labels[i] = (linear ? rows[i][0] > rows[i][1] : rows[i][0] * rows[i][1] > 0) ? 1 : 0;
            weights[i] = 0.5 + random.nextDouble();
        }
    }

    private double accuracy(java.util.function.ToDoubleFunction<float[]> logit) {
        int right = 0;
        for (int i = 0; i < rows.length; i++) {
            right += logit.applyAsDouble(rows[i]) > 0 == labels[i] > 0 ? 1 : 0;
        }
        return (double) right / rows.length;
    }

    @Test
    void theLinearModelFindsAStraightBoundary() {
        points(true);
        assertThat(accuracy(LogisticTrainer.fit(rows, labels, weights, 1e-4)::logit))
                .isGreaterThan(0.98);
    }

    @Test
    void boostingFindsWhatNoStraightBoundaryCan() {
        points(false);
        assertThat(accuracy(LogisticTrainer.fit(rows, labels, weights, 1e-4)::logit))
                .isLessThan(0.65);
        assertThat(accuracy(new BoostingTrainer(60, 6, 0.2).fit(rows, labels, weights)::logit))
                .isGreaterThan(0.95);
    }

    @Test
    void modelsSurviveTheirFile() throws IOException {
        points(false);
        Reranker model = new Reranker(
                LogisticTrainer.fit(rows, labels, weights, 1e-3),
                new BoostingTrainer(20, 6, 0.2).fit(rows, labels, weights));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.write(new DataOutputStream(bytes));
        Reranker read = Reranker.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        for (float[] row : rows) {
            assertThat(read.probability(row))
                    .isCloseTo(model.probability(row), org.assertj.core.data.Offset.offset(1e-4));
        }
    }

    @Test
    void foreignWeightsAreNotRead() {
        assertThatThrownBy(() -> Weights.read(new ByteArrayInputStream(new byte[64])))
                .isInstanceOf(IOException.class);
    }

    @Test
    void wordsAreCountedByWhereTheyStand() {
        WordUseTrainer trainer = new WordUseTrainer();
        for (int i = 0; i < 5; i++) {
            trainer.count("Please weigh the parcel", Set.of("scale"));
            trainer.count("Can you weigh my letter", Set.of("scale"));
            trainer.count("Take the parcel", Set.of("tool " + i));
        }
        WordUse use = trainer.result(6);
        assertThat(use.verbShare("weighing")).isEqualTo(1);
        assertThat(use.verbShare("parcels")).isZero();
        assertThat(use.verbShare("moon")).isNegative();
        assertThat(use.specificity("weigh")).isGreaterThan(use.specificity("take"));
    }

    @Test
    void theIndexRanksByRareSharedTerms() {
        SparseIndex index =
                new SparseIndex(List.of("weighs parcels", "translates letters", "weighs letters"), Terms::stems);
        float[] similarities = index.similarities("please translate the letter");
        assertThat(similarities[1]).isGreaterThan(similarities[2]);
        assertThat(similarities[2]).isGreaterThan(similarities[0]);
        assertThat(index.similarities("moon")).containsOnly(0);
    }
}
