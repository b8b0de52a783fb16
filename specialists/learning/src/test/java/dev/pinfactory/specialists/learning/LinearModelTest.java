package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.bwaldvogel.liblinear.SolverType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearModelTest {
    private static final int FEATURES = 40;
    private static final List<String> LABELS = List.of("a", "b", "c");

    /** Texts whose label shows in ten places of their own, among noise. */
    private static List<SparseVector> texts(List<String> labels, long seed) {
        Random random = new Random(seed);
        List<SparseVector> texts = new ArrayList<>();
        for (String label : labels) {
            int[] indices = new int[FEATURES];
            float[] values = new float[FEATURES];
            for (int i = 0; i < FEATURES; i++) {
                boolean own = i / 10 == LABELS.indexOf(label);
                indices[i] = i;
                values[i] = (float) (random.nextGaussian() * 0.5 + (own ? 1 : 0));
            }
            texts.add(new SparseVector(indices, values));
        }
        return texts;
    }

    private static List<String> labels(int count, int classes) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add(LABELS.get(i % classes));
        }
        return labels;
    }

    private static double accuracy(LinearModel model, int classes) {
        List<String> truth = labels(300, classes);
        List<SparseVector> unseen = texts(truth, 99);
        int right = 0;
        for (int i = 0; i < truth.size(); i++) {
            right += model.labels().get(best(model.scores(unseen.get(i)))).equals(truth.get(i)) ? 1 : 0;
        }
        return (double) right / truth.size();
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    private static LinearModel trained(SolverType solver, int classes, double keep) {
        List<String> labels = labels(300, classes);
        return new LinearTrainer(solver, 1, keep, 5).train(texts(labels, 1), labels, FEATURES);
    }

    @ParameterizedTest
    @EnumSource(
            value = SolverType.class,
            names = {"L2R_L2LOSS_SVC_DUAL", "MCSVM_CS", "L2R_LR", "L2R_L2LOSS_SVC"})
    void learnsWhatCanBeLearnt(SolverType solver) {
        assertThat(accuracy(trained(solver, 3, 1), 3)).isGreaterThan(0.95);
        assertThat(accuracy(trained(solver, 2, 1), 2)).isGreaterThan(0.95);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        byte[] first = bytes(trained(SolverType.L2R_L2LOSS_SVC_DUAL, 3, 0.5));
        byte[] second = bytes(trained(SolverType.L2R_L2LOSS_SVC_DUAL, 3, 0.5));
        assertThat(first).isEqualTo(second);
    }

    @Test
    void pruningKeepsTheLargestWeights() {
        LinearModel whole = trained(SolverType.L2R_L2LOSS_SVC_DUAL, 3, 1);
        LinearModel pruned = trained(SolverType.L2R_L2LOSS_SVC_DUAL, 3, 0.3);
        assertThat(pruned.size()).isEqualTo(3 * 12).isLessThan(whole.size());
        assertThat(accuracy(pruned, 3)).isGreaterThan(0.9);
    }

    @Test
    void eightBitsStayCloseToTheWeights() {
        float[][] weights = {{0.5f, -0.01f, 0}, {100, 1, -100}};
        LinearModel model = LinearModel.of(List.of("small", "large"), new float[] {0.25f, 0}, weights, 1);
        double[] scores = model.scores(new SparseVector(new int[] {0, 2}, new float[] {1, 1}));
        assertThat(scores[0]).isCloseTo(0.75, within(0.005));
        assertThat(scores[1]).isCloseTo(0, within(1.0));
    }

    @Test
    void isTheSameAfterWritingAndReading() throws IOException {
        LinearModel model = trained(SolverType.MCSVM_CS, 3, 0.5);
        LinearModel read = read(bytes(model));
        assertThat(read.labels()).isEqualTo(model.labels());
        for (SparseVector text : texts(labels(10, 3), 4)) {
            assertThat(read.scores(text)).containsExactly(model.scores(text));
        }
    }

    @Test
    void damagedFilesAreRefusedWhateverIsWrong() {
        byte[] whole = bytes(trained(SolverType.L2R_L2LOSS_SVC_DUAL, 3, 1));
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length + 1))).hasMessageContaining("after its end");
        assertThatThrownBy(() -> ModelFile.read(new ByteArrayInputStream(whole), "other", 1, LinearModel::read))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected 'other'");
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
            try {
                read(flipped);
            } catch (IOException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void oneLabelIsNoChoice() {
        List<String> same = List.of("a", "a");
        assertThatThrownBy(() -> new LinearTrainer(SolverType.L2R_LR, 1, 1, 1).train(texts(same, 1), same, FEATURES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two or more");
    }

    private static byte[] bytes(LinearModel model) {
        return ModelFile.write("test", 1, model::write);
    }

    private static LinearModel read(byte[] bytes) throws IOException {
        return ModelFile.read(new ByteArrayInputStream(bytes), "test", 1, LinearModel::read);
    }

    @Test
    void eachOfSeveralLabelsIsLearntAgainstAllElse() {
        List<SparseVector> texts = new ArrayList<>();
        List<Set<String>> labels = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean first = i % 2 == 0;
            boolean second = i % 3 == 0;
            texts.add(new SparseVector(new int[] {0, 1}, new float[] {first ? 1 : -1, second ? 1 : -1}));
            labels.add(first && second ? Set.of("a", "b") : first ? Set.of("a") : second ? Set.of("b") : Set.of());
        }
        LinearModel model = new LinearTrainer(SolverType.L2R_L2LOSS_SVC_DUAL, 1, 1, 42).trainSets(texts, labels, 2);

        assertThat(model.labels()).containsExactly("a", "b");
        for (int i = 0; i < texts.size(); i++) {
            double[] scores = model.scores(texts.get(i));
            assertThat(scores[0] > 0).isEqualTo(labels.get(i).contains("a"));
            assertThat(scores[1] > 0).isEqualTo(labels.get(i).contains("b"));
        }
    }
}
