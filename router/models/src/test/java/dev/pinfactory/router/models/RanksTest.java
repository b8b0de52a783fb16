package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RanksTest {
    private static final long SEED = 3;

    @Test
    void theHighestComesFirstAndEqualOnesInTheirOrder() {
        float[] values = new float[500];
        Random random = new Random(SEED);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(-20, 20) / 8f;
        }
        values[7] = -0f;
        values[8] = Float.NaN;
        values[9] = Float.NEGATIVE_INFINITY;
        int[] expected = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> values[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(Ranks.of(values)).as("seed %d", SEED).containsExactly(expected);

        int[] best = Arrays.copyOf(expected, 30);
        Arrays.sort(best);
        assertThat(Ranks.best(values, 30)).containsExactly(best);
    }

    @Test
    void fewerThanAreWantedAreAll() {
        assertThat(Ranks.best(new float[] {0.1f, 0.9f}, 200)).containsExactly(0, 1);
        assertThat(Ranks.of(new float[0])).isEmpty();
    }
}
