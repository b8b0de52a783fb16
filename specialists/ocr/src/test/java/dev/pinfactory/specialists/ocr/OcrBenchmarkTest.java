package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.ocr.LineScores.Outcome;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Repeats the README's figures. */
@Tag("long")
class OcrBenchmarkTest {
    @Test
    void reachesTheFiguresOfTheReadme() {
        String data = System.getProperty("pinfactory.data.ocr");
        assumeTrue(
                data != null,
                "forty images are too many to keep here: give receipts_sroie's train.jsonl.gz with -Dpinfactory.data.ocr=FILE");

        Map<String, Metric> metrics = new Evaluator(System.out::println)
                .run(new OcrEvaluation(), EvaluationData.of(Path.of(data)), Optional.empty())
                .metrics();

        assertThat(metrics.get("recall").value()).isGreaterThan(0.93);
        assertThat(metrics.get("precision").value()).isGreaterThan(0.925);
        assertThat(metrics.get("f1").value()).isGreaterThan(0.72);
        assertThat(metrics.get("ece").value()).isLessThan(0.04);
    }

    /** Fitted to four fifths of the receipts, measured on the lines of the rest. */
    @Test
    void linesOfOtherReceiptsAreRightAsOftenAsIsSaid() {
        String data = System.getProperty("pinfactory.data.ocr");
        assumeTrue(
                data != null,
                "forty images are too many to keep here: give receipts_sroie's train.jsonl.gz with -Dpinfactory.data.ocr=FILE");

        List<List<Outcome>> receipts = new ArrayList<>();
        try (OcrSpecialist specialist = new OcrSpecialist()) {
            for (OcrData.LabelledImage image : OcrData.read(Path.of(data))) {
                if (specialist.infer(List.of(Inference.of(image.artifact()))).getFirst() instanceof Answered read) {
                    receipts.add(
                            LineScores.outcomes(image.line(), read.outputs().getFirst()));
                }
            }
        }
        Collections.shuffle(receipts, new Random(42));
        List<Outcome> unseen = new ArrayList<>();
        for (int fold = 0; fold < 5; fold++) {
            List<Outcome> others = new ArrayList<>();
            List<Outcome> held = new ArrayList<>();
            for (int i = 0; i < receipts.size(); i++) {
                (i % 5 == fold ? held : others).addAll(receipts.get(i));
            }
            // What is said is a straight line of the log-odds: fitting to it is fitting to them.
            PlattScaling fitted = PlattScaling.fit(
                    others.stream().mapToDouble(Outcome::confidence).toArray(), right(others));
            held.forEach(line -> unseen.add(new Outcome(fitted.of(line.confidence()), line.right())));
        }
        Map<String, Metric> metrics = LineScores.metrics(unseen);
        System.out.println(metrics);
        assertThat(metrics.get("ece").value()).isLessThan(0.05);
        assertThat(metrics.get("brier").value()).isLessThan(0.095);
    }

    private static boolean[] right(List<Outcome> outcomes) {
        boolean[] right = new boolean[outcomes.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = outcomes.get(i).right();
        }
        return right;
    }
}
