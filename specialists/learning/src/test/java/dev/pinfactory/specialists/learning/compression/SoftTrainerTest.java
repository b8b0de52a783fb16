package dev.pinfactory.specialists.learning.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftTrainerTest {
    private static final List<String> LABELS = List.of("left", "right");

    /** Feature 0 says left, feature 1 right; 2 to 9 say nothing. */
    private static final List<SparseVector> TEXTS = new ArrayList<>();

    static {
        for (int i = 0; i < 200; i++) {
            TEXTS.add(new SparseVector(new int[] {i % 2, 2 + i % 8}, new float[] {0.9f, 0.4f}));
        }
    }

    @Test
    void studentsSayWhatTheTeacherSaysAndNotMore() {
        LinearModel student = train(SoftTrainer.Link.ONE_OF, 0.7f, 1_000);
        double[] said = new TemperatureScaling(1).probabilities(student.scores(TEXTS.getFirst()));
        assertThat(said[0]).isEqualTo(0.7, within(0.03));
    }

    @Test
    void whereSeveralLabelsApplyEachHasAProbabilityOfItsOwn() {
        float[][] rows = new float[TEXTS.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {0.8f, 0.6f};
        }
        LinearModel student = new SoftTrainer(settings(SoftTrainer.Link.ANY_OF))
                .train(TEXTS, new SoftTargets(LABELS, rows, ones()), 10, List.of(1_000))
                .getFirst();
        double[] scores = student.scores(TEXTS.getFirst());
        assertThat(1 / (1 + Math.exp(-scores[0]))).isEqualTo(0.8, within(0.03));
        assertThat(1 / (1 + Math.exp(-scores[1]))).isEqualTo(0.6, within(0.03));
    }

    @Test
    void theWeightsThatTellSomethingStay() {
        LinearModel student = train(SoftTrainer.Link.ONE_OF, 0.95f, 4);
        assertThat(student.size()).isEqualTo(4);
        double[] left = student.scores(new SparseVector(new int[] {0}, new float[] {1}));
        double[] right = student.scores(new SparseVector(new int[] {1}, new float[] {1}));
        assertThat(left[0] - left[1]).isGreaterThan(1);
        assertThat(right[1] - right[0]).isGreaterThan(1);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(bytes(train(SoftTrainer.Link.ONE_OF, 0.9f, 8)))
                .isEqualTo(bytes(train(SoftTrainer.Link.ONE_OF, 0.9f, 8)));
    }

    private static LinearModel train(SoftTrainer.Link link, float sure, int keep) {
        float[][] rows = new float[TEXTS.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % 2 == 0 ? new float[] {sure, 1 - sure} : new float[] {1 - sure, sure};
        }
        return new SoftTrainer(settings(link))
                .train(TEXTS, new SoftTargets(LABELS, rows, ones()), 10, List.of(keep))
                .getFirst();
    }

    private static SoftTrainer.Settings settings(SoftTrainer.Link link) {
        return new SoftTrainer.Settings(link, 20, 5, 2, 0, 42);
    }

    private static float[] ones() {
        float[] ones = new float[TEXTS.size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static byte[] bytes(LinearModel model) {
        return ModelFile.write("test", 1, model::write);
    }
}
