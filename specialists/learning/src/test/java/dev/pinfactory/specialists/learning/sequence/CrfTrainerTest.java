package dev.pinfactory.specialists.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.specialists.learning.ModelFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;

class CrfTrainerTest {
    private static final SequencedSet<String> LABELS = new LinkedHashSet<>(List.of("O", "B-x"));

    /** Feature 7 marks what is to be found; the others are noise. */
    private static final int[][] TOKENS = {{1, 2}, {7, 3}, {4, 5}};

    @Test
    void prunedModelsFindTheSameWithFewerWeights() {
        List<SequenceModel> models = train(certain(), List.of(new CrfTrainer.Shrinking(4, 2)));
        assertThat(models).hasSize(2);
        assertThat(models.getLast().size()).isLessThan(models.getFirst().size()).isBetween(1, 4);
        assertThat(models.getLast().lattice(TOKENS).bestPath()).containsExactly(0, 1, 0);
    }

    @Test
    void aModelStaysAsItWasWhenLearningGoesOn() {
        byte[] alone = bytes(train(certain(), List.of()).getFirst());
        byte[] first =
                bytes(train(certain(), List.of(new CrfTrainer.Shrinking(4, 5))).getFirst());
        assertThat(first).isEqualTo(alone);
    }

    @Test
    void studentsOfAnUnsureTeacherAreLessSure() {
        List<CrfTrainer.Example> taught = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            taught.add(new CrfTrainer.Example(
                    TOKENS, new int[] {0, 1, 0}, new float[][] {{1, 0}, {0.3f, 0.7f}, {1, 0}}));
        }
        double student = sure(train(taught, List.of()).getFirst());
        assertThat(student).isBetween(0.6, 0.85);
        assertThat(sure(train(certain(), List.of()).getFirst())).isGreaterThan(0.95);
    }

    @Test
    void severalModelsSayTheMean() {
        SequenceModel model = train(certain(), List.of()).getFirst();
        double one = sure(model);
        double three = SequenceModel.lattice(List.of(model, model, model), TOKENS)
                .marginals()
                .at(1, 1);
        assertThat(three).isEqualTo(one, within(1e-9));
    }

    private static double sure(SequenceModel model) {
        return model.lattice(TOKENS).marginals().at(1, 1);
    }

    private static List<CrfTrainer.Example> certain() {
        List<CrfTrainer.Example> examples = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            examples.add(new CrfTrainer.Example(TOKENS, new int[] {0, 1, 0}));
            examples.add(new CrfTrainer.Example(new int[][] {{3, 2}, {1, 4}}, new int[] {0, 0}));
        }
        return examples;
    }

    private static List<SequenceModel> train(List<CrfTrainer.Example> examples, List<CrfTrainer.Shrinking> shrinkings) {
        return new CrfTrainer(LABELS, new CrfTrainer.Settings(5, 0.1, 1e-4, 0, 1, 0, 42))
                .train(examples, new int[0], shrinkings);
    }

    private static byte[] bytes(SequenceModel model) {
        return ModelFile.write("test", 1, model::write);
    }
}
