package dev.pinfactory.specialists.training.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {
    @Test
    void theDistanceIsThatOfTheSharesUpToAnyBound() {
        assertThat(KolmogorovSmirnov.distance(new double[] {1, 2, 3, 4}, new double[] {1, 2, 3, 4}))
                .isZero();
        assertThat(KolmogorovSmirnov.distance(new double[] {1, 2, 3, 4}, new double[] {3, 4, 5, 6}))
                .isEqualTo(0.5);
        assertThat(KolmogorovSmirnov.distance(new double[] {1, 1, 1}, new double[] {2, 2}))
                .isEqualTo(1);
        assertThat(KolmogorovSmirnov.distance(new double[] {1, 1, 2, 2}, new double[] {1, 2}))
                .isZero();
    }
}
