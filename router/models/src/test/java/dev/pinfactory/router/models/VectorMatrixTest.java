package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorMatrixTest {
    private static final long SEED = 11;

    private final Random random = new Random(SEED);

    /** Less than a block, a whole one, several; dimensions that fill the sums, and some that do not. */
    @ParameterizedTest
    @CsvSource({"1, 384", "511, 16", "512, 16", "513, 19", "1300, 5"})
    void productsAreThoseOfTheVectorsToTheLastBit(int size, int dimensions) {
        List<float[]> vectors = vectors(size, dimensions);
        List<float[]> queries = vectors(3, dimensions);
        float[][] dots = new VectorMatrix(vectors).dots(queries);
        for (int query = 0; query < dots.length; query++) {
            for (int card = 0; card < size; card++) {
                assertThat(dots[query][card])
                        .as("query %d, card %d, seed %d", query, card, SEED)
                        .isEqualTo(Features.dot(queries.get(query), vectors.get(card)));
            }
        }
    }

    private List<float[]> vectors(int count, int dimensions) {
        return Stream.generate(() -> {
                    float[] vector = new float[dimensions];
                    for (int i = 0; i < dimensions; i++) {
                        vector[i] = (float) random.nextGaussian();
                    }
                    return vector;
                })
                .limit(count)
                .toList();
    }
}
