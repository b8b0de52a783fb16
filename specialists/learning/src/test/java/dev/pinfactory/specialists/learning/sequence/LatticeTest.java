package dev.pinfactory.specialists.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against all paths, one by one. */
class LatticeTest {
    private static final int LABELS = 3;
    private static final int LENGTH = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTryingEveryPath(long seed) {
        Random random = new Random(seed);
        double[][] scores = random(random, LENGTH);
        double[][] transitions = random(random, LABELS + 1);
        int[] best = new int[LENGTH];
        double bestScore = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double[][] marginals = new double[LENGTH][LABELS];
        for (int path = 0; path < Math.pow(LABELS, LENGTH); path++) {
            int[] labels = labels(path);
            double score = 0;
            for (int i = 0; i < LENGTH; i++) {
                score += scores[i][labels[i]] + transitions[i == 0 ? LABELS : labels[i - 1]][labels[i]];
            }
            sum += Math.exp(score);
            for (int i = 0; i < LENGTH; i++) {
                marginals[i][labels[i]] += Math.exp(score);
            }
            if (score > bestScore) {
                bestScore = score;
                best = labels;
            }
        }
        Lattice lattice = new Lattice(scores, transitions);
        Lattice.Marginals found = lattice.marginals();

        assertThat(lattice.bestPath()).isEqualTo(best);
        assertThat(found.logPartition()).isCloseTo(Math.log(sum), within(1e-9));
        for (int i = 0; i < LENGTH; i++) {
            for (int l = 0; l < LABELS; l++) {
                assertThat(found.at(i, l)).isCloseTo(marginals[i][l] / sum, within(1e-9));
            }
        }
    }

    private static int[] labels(int path) {
        int[] labels = new int[LENGTH];
        for (int i = 0, rest = path; i < LENGTH; i++, rest /= LABELS) {
            labels[i] = rest % LABELS;
        }
        return labels;
    }

    private static double[][] random(Random random, int rows) {
        double[][] values = new double[rows][LABELS];
        for (double[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return values;
    }
}
