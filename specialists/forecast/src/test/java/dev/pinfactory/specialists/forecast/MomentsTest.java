package dev.pinfactory.specialists.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {
    @Test
    void areThoseOfTheWindowsOneByOne() {
        double[] series = new Random(1).doubles(60).toArray();
        Moments moments = new Moments(7, 5);
        moments.add(series, 0, 20);
        moments.add(series, 20, 29);
        assertThat(moments.windows()).isEqualTo(49);
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 12; j++) {
                double product = 0;
                double sum = 0;
                for (int t = 0; t < 49; t++) {
                    product += series[t + i] * series[t + j];
                    sum += series[t + j];
                }
                assertThat(moments.product(i, j)).isCloseTo(product / 49, within(1e-12));
                assertThat(moments.mean(j)).isCloseTo(sum / 49, within(1e-12));
            }
        }
    }
}
