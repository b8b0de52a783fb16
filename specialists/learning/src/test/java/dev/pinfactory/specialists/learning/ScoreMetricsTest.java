package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.specialists.learning.LabelSetScores.Case;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreMetricsTest {
    @Test
    void areaAndAveragePrecisionAreThoseOfTheBook() {
        // scikit-learn's documentation: roc_auc_score 0.75, average_precision_score 0.83
        ScoreMetrics metrics =
                new ScoreMetrics(new double[] {0.1, 0.4, 0.35, 0.8}, new boolean[] {false, false, true, true});
        assertThat(metrics.auc().value()).isEqualTo(0.75);
        assertThat(metrics.averagePrecision().value()).isCloseTo(5 / 6.0, within(1e-12));
    }

    @Test
    void equalScoresTellNothing() {
        ScoreMetrics metrics =
                new ScoreMetrics(new double[] {0.3, 0.3, 0.3, 0.3}, new boolean[] {true, false, false, false});
        assertThat(metrics.auc().value()).isEqualTo(0.5);
        assertThat(metrics.averagePrecision().value()).isEqualTo(0.25);
    }

    @Test
    void areaIsTheShareOfPairsInTheRightOrder() {
        Random random = new Random(5);
        double[] scores =
                random.doubles(200).map(score -> Math.round(score * 20) / 20.0).toArray();
        boolean[] happened = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            happened[i] = random.nextDouble() < scores[i];
        }
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (happened[i] && !happened[j]) {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        Metric auc = new ScoreMetrics(scores, happened).auc();
        assertThat(auc.value()).isCloseTo(right / pairs, within(1e-12));
        assertThat(auc.low()).isLessThan(auc.value());
        assertThat(auc.high()).isGreaterThan(auc.value());
        // The probabilities are true ones, so what is left is the noise of 15 bins.
        assertThat(new ScoreMetrics(scores, happened).expectedCalibrationError().value())
                .isLessThan(0.15);
    }

    @Test
    void aTextWithoutLabelsHasTheLabelNone() {
        Map<String, Metric> metrics = new LabelSetScores(List.of(
                        new Case(Set.of(), Set.of()),
                        new Case(Set.of(), Set.of("a")),
                        new Case(Set.of("a", "b"), Set.of("a"))))
                .metrics();
        // none: found 1 of 2, predicted 1; a: found 1 of 1, predicted 2; b: never found
        assertThat(metrics.get("macro_f1").value()).isCloseTo((2 / 3.0 + 2 / 3.0 + 0) / 3, within(1e-12));
        assertThat(metrics.get("f1").value()).isCloseTo(2 * 2 / 7.0, within(1e-12));
    }
}
