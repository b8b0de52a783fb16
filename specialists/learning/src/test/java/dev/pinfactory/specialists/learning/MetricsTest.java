package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void accuracyMacroF1AndBrierAreThoseOfTheBook() {
        Predictions predictions = new Predictions(List.of(
                new Prediction("a", "a", 0.9),
                new Prediction("a", "a", 0.6),
                new Prediction("a", "b", 0.8),
                new Prediction("b", "b", 1.0)));
        assertThat(predictions.accuracy().value()).isEqualTo(0.75);
        // a: precision 1, recall 2/3; b: precision 1/2, recall 1
        assertThat(predictions.macroF1().value()).isCloseTo((0.8 + 2.0 / 3) / 2, within(1e-12));
        assertThat(predictions.brier().value()).isCloseTo((0.01 + 0.16 + 0.64 + 0) / 4, within(1e-12));
        assertThat(predictions.atLeast(0.85).accuracy().value()).isEqualTo(1);
    }

    @Test
    void calibratedAnswersHaveALowErrorAndBoastfulOnesAHighOne() {
        Random random = new Random(1);
        List<Prediction> honest = new ArrayList<>();
        List<Prediction> boastful = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            double confidence = random.nextDouble();
            String predicted = random.nextDouble() < confidence ? "a" : "b";
            honest.add(new Prediction("a", predicted, confidence));
            boastful.add(new Prediction("a", predicted, Math.min(1, confidence + 0.3)));
        }
        assertThat(new Predictions(honest).expectedCalibrationError().value()).isLessThan(0.03);
        assertThat(new Predictions(boastful).expectedCalibrationError().value()).isGreaterThan(0.2);
    }

    @Test
    void aPerfectScoreIsNotCertain() {
        List<Prediction> cases = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            cases.add(new Prediction(i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "a" : "b", 0.9));
        }
        Predictions perfect = new Predictions(cases);
        // Clopper and Pearson's tables: 60 of 60 are at least 94.04 %.
        for (Metric metric : List.of(perfect.accuracy(), perfect.macroF1(), perfect.f1("a"))) {
            assertThat(metric.value()).isEqualTo(1);
            assertThat(metric.low()).isCloseTo(0.9404, within(1e-4));
            assertThat(metric.high()).isEqualTo(1);
        }
        Metric one = new Predictions(cases.subList(0, 1)).accuracy();
        assertThat(one.low()).isCloseTo(0.025, within(1e-12));
    }

    @Test
    void theIntervalIsThatOfTheBinomialDistribution() {
        List<Prediction> cases = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            cases.add(new Prediction("a", i % 10 == 0 ? "b" : "a", 0.9));
        }
        Metric accuracy = new Predictions(cases).accuracy();
        double halfWidth = 1.96 * Math.sqrt(0.9 * 0.1 / 1_000);
        assertThat(accuracy.low()).isCloseTo(0.9 - halfWidth, within(0.003));
        assertThat(accuracy.high()).isCloseTo(0.9 + halfWidth, within(0.003));
        assertThat(accuracy.covers(0.9)).isTrue();
        assertThat(accuracy.covers(0.95)).isFalse();
        assertThat(accuracy).isEqualTo(new Predictions(cases).accuracy());
    }

    @Test
    void aSpanCountsOnlyWhole() {
        SpanScores scores = new SpanScores();
        scores.add(
                Set.of(new LabelledSpan(0, 4, "name"), new LabelledSpan(8, 12, "place")),
                Set.of(
                        new LabelledSpan(0, 4, "name"),
                        new LabelledSpan(8, 11, "place"),
                        new LabelledSpan(20, 22, "name")));
        scores.add(Set.of(), Set.of());
        assertThat(scores.metrics().get("precision").value()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(scores.metrics().get("recall").value()).isEqualTo(0.5);
        assertThat(scores.metrics().get("f1").value()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void nothingCantBeMeasured() {
        assertThatThrownBy(() -> new Predictions(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpanScores().metrics()).isInstanceOf(IllegalArgumentException.class);
    }
}
