package dev.pinfactory.specialists.clauses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.ModelFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateNetworkTest {
    private static final int CASES = 4_096;

    private final List<float[]> states = new ArrayList<>();
    private final List<float[]> targets = new ArrayList<>();

    /** The first kind is where an input is far from 0 on either side, which no linear model tells; the second where another is above 0. */
    StateNetworkTest() {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            float[] one = new float[8];
            for (int k = 0; k < one.length; k++) {
                one[k] = (float) random.nextGaussian();
            }
            states.add(one);
            targets.add(new float[] {Math.abs(one[0]) > 0.7f ? 1 : 0, one[2] > 0 ? 1 : 0});
        }
    }

    @Test
    void learnsWhatNoLinearModelTells() {
        StateNetwork network = new StateNetworkTrainer(states, targets).train(42);
        int right = 0;
        for (int i = 0; i < CASES; i++) {
            double[] logOdds = network.logOdds(states.get(i));
            right += logOdds[0] > 0 == targets.get(i)[0] > 0 ? 1 : 0;
        }
        assertThat(right).isGreaterThan(CASES * 8 / 10);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(bytes(new StateNetworkTrainer(states, targets).train(42)))
                .isEqualTo(bytes(new StateNetworkTrainer(states, targets).train(42)))
                .isNotEqualTo(bytes(new StateNetworkTrainer(states, targets).train(43)));
    }

    @Test
    void saysTheSameWhenItIsReadAgain() throws IOException {
        StateNetwork network = new StateNetworkTrainer(states, targets).train(42);
        StateNetwork read = ModelFile.read(new ByteArrayInputStream(bytes(network)), "network", 1, StateNetwork::read);
        assertThat(read.logOdds(states.getFirst())).isEqualTo(network.logOdds(states.getFirst()));
    }

    @Test
    void anInputWithoutWidthIsRefused() {
        byte[] damaged = bytes(new StateNetwork(
                new float[1], new float[1], new float[1], new byte[1], new float[1], new float[1], new float[1]));
        assertThatThrownBy(() -> ModelFile.read(new ByteArrayInputStream(damaged), "network", 1, StateNetwork::read))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("without width");
    }

    @Test
    void theLargestValueOfATokenIsSeen() {
        float[] first = new float[SentenceEncoder.DIMENSIONS];
        float[] second = new float[SentenceEncoder.DIMENSIONS];
        first[3] = 2;
        second[3] = -1;
        float[] seen = ClauseStates.of(new EncodedText(
                new float[SentenceEncoder.DIMENSIONS],
                List.of(new EncodedText.Token(0, 1, first), new EncodedText.Token(1, 2, second)),
                false));
        assertThat(seen[SentenceEncoder.DIMENSIONS + 3]).isEqualTo(0.5f);
        assertThat(seen[2 * SentenceEncoder.DIMENSIONS + 3]).isEqualTo(2);
    }

    private static byte[] bytes(StateNetwork network) {
        return ModelFile.write("network", 1, network::write);
    }
}
