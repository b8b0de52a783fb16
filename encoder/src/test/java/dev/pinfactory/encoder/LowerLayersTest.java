package dev.pinfactory.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LowerLayersTest {
    @Test
    void givesAStateForEachPieceAndBothMarks() {
        try (LowerLayers six = LowerLayers.first(6);
                LowerLayers five = LowerLayers.first(5)) {
            float[][] states = six.states("Translate the letter", 64);

            assertThat(states.length).isEqualTo(5);
            assertThat(states[0]).hasSize(SentenceEncoder.DIMENSIONS);
            assertThat(five.states("Translate the letter", 64)[0]).isNotEqualTo(states[0]);
            assertThat(six.states("Translate the letter", 64)).isDeepEqualTo(states);
            assertThat(six.states("Translate the letter", 4).length).isEqualTo(4);
        }
    }
}
