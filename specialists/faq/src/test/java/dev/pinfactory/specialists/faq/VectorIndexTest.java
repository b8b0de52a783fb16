package dev.pinfactory.specialists.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.faq.VectorIndex.Hit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorIndexTest {
    @Test
    void similaritiesAreCosines() {
        Random random = new Random(7);
        float[][] vectors = vectors(random, 500);
        float[] query = vectors(random, 1)[0];
        for (Hit hit : VectorIndex.of(vectors).nearest(query, 10)) {
            assertThat((double) hit.similarity()).isCloseTo(cosine(query, vectors[hit.entry()]), within(0.005));
        }
    }

    @Test
    void theNearestComeFirstAndNoneIsMissed() {
        float[][] vectors = vectors(new Random(8), 300);
        List<Hit> hits = VectorIndex.of(vectors).nearest(vectors[17], 5);
        assertThat(hits).hasSize(5);
        assertThat(hits.getFirst().entry()).isEqualTo(17);
        assertThat(hits).isSortedAccordingTo((a, b) -> Float.compare(b.similarity(), a.similarity()));
    }

    @Test
    void ofEquallyNearOnesTheFirstIsTaken() {
        float[][] vectors = vectors(new Random(9), 4);
        vectors[3] = vectors[1];
        assertThat(VectorIndex.of(vectors).nearest(vectors[3], 2))
                .extracting(Hit::entry)
                .containsExactly(1, 3);
    }

    @Test
    void candidatesBySignFindWhatComparingAllFinds() {
        Random random = new Random(10);
        float[][] vectors = vectors(random, 30_000);
        VectorIndex index = VectorIndex.of(vectors);
        int found = 0;
        for (int round = 0; round < 100; round++) {
            float[] query = near(vectors[random.nextInt(vectors.length)], random);
            found += index.nearest(query, 1, false).equals(index.nearest(query, 1, true)) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(99);
    }

    @Test
    void anEmptyOneIsRefused() {
        assertThatThrownBy(() -> VectorIndex.of(new float[0][])).hasMessageContaining("0 vectors");
    }

    static float[][] vectors(Random random, int count) {
        float[][] vectors = new float[count][SentenceEncoder.DIMENSIONS];
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian() + (i % 5 == 0 ? 1 : 0);
            }
            normalise(vector);
        }
        return vectors;
    }

    /** Another vector with a cosine of about 0.9. */
    static float[] near(float[] vector, Random random) {
        float[] other = vector.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] += (float) (random.nextGaussian() * 0.5 / Math.sqrt(other.length));
        }
        normalise(other);
        return other;
    }

    private static void normalise(float[] vector) {
        float scale = (float) (1 / Math.sqrt(cosine(vector, vector)));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
