package dev.pinfactory.specialists.learning.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.ranking.RankingTrainer.Choice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final RankingTrainer.Settings SETTINGS = new RankingTrainer.Settings(5, 0.1, 0.001, 0.1, 2, 42);

    @Test
    void learnsWhichFeatureDeservesToBeChosen() {
        RankingModel model = RankingTrainer.train(choices(200, 1), SETTINGS);

        long right = choices(100, 2).stream()
                .filter(choice -> argMax(model.probabilities(choice.candidates())) == argMax(choice.targets()))
                .count();

        assertThat(right).isGreaterThan(95);
    }

    @Test
    void sameChoicesAndSeedGiveTheSameBytes() {
        assertThat(bytes(RankingTrainer.train(choices(50, 1), SETTINGS)))
                .isEqualTo(bytes(RankingTrainer.train(choices(50, 1), SETTINGS)));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        RankingModel model = RankingTrainer.train(choices(50, 1), SETTINGS);
        RankingModel read = ModelFile.read(new ByteArrayInputStream(bytes(model)), "test", 1, RankingModel::read);

        FeatureVector candidate = new FeatureVector().add("word", "right").add("length", 0.5);

        assertThat(read.score(candidate)).isCloseTo(model.score(candidate), within(0.01));
    }

    @Test
    void plattScalingFindsTheShareOfRightAnswers() {
        Random random = new Random(42);
        double[] probabilities = new double[4000];
        boolean[] right = new boolean[4000];
        for (int i = 0; i < right.length; i++) {
            probabilities[i] = i % 2 == 0 ? 0.99 : 0.6;
            right[i] = random.nextDouble() < (i % 2 == 0 ? 0.8 : 0.5);
        }

        PlattScaling scaling = PlattScaling.fit(probabilities, right);

        assertThat(scaling.of(0.99)).isCloseTo(0.8, within(0.03));
        assertThat(scaling.of(0.6)).isCloseTo(0.5, within(0.03));
    }

    private static byte[] bytes(RankingModel model) {
        return ModelFile.write("test", 1, model::write);
    }

    /** One of four candidates has the word "right"; all have noise. */
    private static List<Choice> choices(int count, long seed) {
        Random random = new Random(seed);
        List<Choice> choices = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            int wanted = random.nextInt(4);
            List<FeatureVector> candidates = new ArrayList<>();
            double[] targets = new double[4];
            targets[wanted] = 1;
            for (int i = 0; i < 4; i++) {
                candidates.add(new FeatureVector()
                        .add("word", i == wanted ? "right" : "wrong" + random.nextInt(5))
                        .add("length", random.nextDouble()));
            }
            choices.add(new Choice(candidates, targets));
        }
        return choices;
    }

    private static int argMax(double[] values) {
        double max = Arrays.stream(values).max().orElseThrow();
        return Arrays.stream(values).boxed().toList().indexOf(max);
    }
}
