package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void findsTheTemperatureThatMadeTheLabels() {
        Random random = new Random(3);
        TemperatureScaling truth = new TemperatureScaling(0.4);
        double[][] scores = new double[20_000][3];
        int[] labels = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            for (int k = 0; k < 3; k++) {
                scores[i][k] = random.nextGaussian();
            }
            double[] probabilities = truth.probabilities(scores[i]);
            double draw = random.nextDouble();
            labels[i] = draw < probabilities[0] ? 0 : draw < probabilities[0] + probabilities[1] ? 1 : 2;
        }
        assertThat(TemperatureScaling.fit(scores, labels).temperature()).isCloseTo(0.4, within(0.02));
    }

    @Test
    void probabilitiesSumToOneEvenForHugeScores() {
        double[] probabilities = new TemperatureScaling(0.01).probabilities(new double[] {1e6, -1e6, 1e6});
        assertThat(probabilities).containsExactly(new double[] {0.5, 0, 0.5}, within(1e-9));
    }

    @Test
    void isotonicStepsFollowTheOutcomes() {
        Random random = new Random(5);
        double[] raw = new double[20_000];
        boolean[] right = new boolean[raw.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = random.nextDouble();
            right[i] = random.nextDouble() < raw[i] * raw[i];
        }
        IsotonicCalibration calibration = IsotonicCalibration.fit(raw, right);
        for (double confidence = 0.1; confidence < 0.95; confidence += 0.1) {
            assertThat(calibration.probability(confidence)).isCloseTo(confidence * confidence, within(0.05));
        }
        assertThat(calibration.probability(-1)).isGreaterThanOrEqualTo(0);
        assertThat(calibration.probability(2)).isLessThanOrEqualTo(1);
    }

    @Test
    void equalConfidencesGetTheirShare() {
        IsotonicCalibration calibration =
                IsotonicCalibration.fit(new double[] {0.5, 0.5, 0.5, 0.5}, new boolean[] {false, true, true, true});
        assertThat(calibration.probability(0.5)).isEqualTo(0.75);
    }

    @Test
    void nothingToFitIsRefused() {
        assertThatThrownBy(() -> TemperatureScaling.fit(new double[0][], new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IsotonicCalibration.fit(new double[0], new boolean[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IsotonicCalibration(new double[] {0, 1}, new double[] {1, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
