package dev.pinfactory.router.planner.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final long SEED = 20_261_122;

    @Test
    void theBestTotalMayLeaveTheBestPair() {
        int[] chosen = Assignment.best(new double[][] {{0.9, 0.8}, {0.85, 0.1}});
        assertThat(chosen).containsExactly(1, 0);
    }

    @Test
    void whatGainsNothingStaysAlone() {
        assertThat(Assignment.best(new double[][] {{0, 0.5}, {0, 0.4}})).containsExactly(1, -1);
        assertThat(Assignment.best(new double[][] {{}, {}})).containsExactly(-1, -1);
        assertThat(Assignment.best(new double[0][])).isEmpty();
    }

    @Test
    void noOtherAssignmentIsBetter() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            double[][] gains = new double[1 + random.nextInt(5)][1 + random.nextInt(5)];
            for (double[] row : gains) {
                for (int column = 0; column < row.length; column++) {
                    row[column] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
                }
            }
            int[] chosen = Assignment.best(gains);
            double total = 0;
            boolean[] taken = new boolean[gains[0].length];
            for (int row = 0; row < chosen.length; row++) {
                if (chosen[row] >= 0) {
                    assertThat(taken[chosen[row]])
                            .as("seed %d, round %d", SEED, round)
                            .isFalse();
                    taken[chosen[row]] = true;
                    total += gains[row][chosen[row]];
                }
            }
            assertThat(total)
                    .as("seed %d, round %d", SEED, round)
                    .isCloseTo(tried(gains, 0, new boolean[gains[0].length]), within(1e-9));
        }
    }

    /** The best total by trying everything. */
    private static double tried(double[][] gains, int row, boolean[] taken) {
        if (row == gains.length) {
            return 0;
        }
        double best = tried(gains, row + 1, taken);
        for (int column = 0; column < taken.length; column++) {
            if (!taken[column]) {
                taken[column] = true;
                best = Math.max(best, gains[row][column] + tried(gains, row + 1, taken));
                taken[column] = false;
            }
        }
        return best;
    }
}
