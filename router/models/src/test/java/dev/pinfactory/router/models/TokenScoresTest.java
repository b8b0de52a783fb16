package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.encoder.SentenceEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class TokenScoresTest {
    private static final int SIZE = SentenceEncoder.DIMENSIONS;
    private static final TokenScorer SCORER = new TokenScorer(identity(), identity(), 12, 8, -13);

    /** The first of two pieces is near the second card; the third card is near none. */
    private final TokenScores scores = new TokenScores(
            SCORER, new float[][] {{0.5f, 0.6f}, {0.9f, 0.4f}, {0.2f, 0.1f}}, new float[] {0.5f, 0.6f, 0.3f});

    private static float[][] identity() {
        float[][] matrix = new float[SIZE][SIZE];
        for (int i = 0; i < SIZE; i++) {
            matrix[i][i] = 1;
        }
        return matrix;
    }

    private static BitSet pieces(int... pieces) {
        BitSet set = new BitSet();
        Arrays.stream(pieces).forEach(set::set);
        return set;
    }

    @Test
    void theNearestPieceCountsMost() {
        double[] logits = scores.logits(pieces(0, 1));
        assertThat(logits[1]).isGreaterThan(logits[0]).isCloseTo(12 * 0.9 + 8 * 0.6 - 13, within(0.01));
        assertThat(logits[2]).isLessThan(logits[0]);
    }

    @Test
    void piecesThatAreNotAskedAboutDoNotCount() {
        double[] logits = scores.logits(pieces(1));
        assertThat(logits[0]).isCloseTo(12 * 0.6 + 8 * 0.5 - 13, within(1e-5));
        assertThat(logits[1]).isCloseTo(12 * 0.4 + 8 * 0.6 - 13, within(1e-5));
    }

    @Test
    void theOrderChangesAndTheExpectedNumberOfCardsDoesNot() {
        double[] before = {0.6, 0.4, 0.3};
        double[] after = scores.reordered(before, pieces(0, 1));
        assertThat(after[1]).isGreaterThan(after[0]);
        assertThat(Arrays.stream(after).sum()).isCloseTo(Arrays.stream(before).sum(), within(1e-6));
    }

    @Test
    void aCardThatIsNotJudgedKeepsItsPlaceBesideTheOthers() {
        TokenScores some =
                new TokenScores(SCORER, new float[][] {{0.1f, 0.1f}, {0.1f, 0.1f}, {}}, new float[] {0.1f, 0.1f, 0});
        double[] after = some.reordered(new double[] {0.5, 0.5, 0.4}, pieces(0, 1));
        assertThat(after[2]).isGreaterThan(after[0]).isGreaterThan(after[1]);
        assertThat(Arrays.stream(after).sum()).isCloseTo(1.4, within(1e-6));
    }

    @Test
    void withoutPiecesNothingChanges() {
        double[] before = {0.6, 0.4, 0.3};
        assertThat(scores.reordered(before, new BitSet())).isEqualTo(before);
    }

    @Test
    void aScorerSurvivesItsFile() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SCORER.write(new DataOutputStream(bytes));
        TokenScorer read = TokenScorer.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        float[] state = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            state[i] = (float) Math.sin(i);
        }
        assertThat(read.piece(state)).containsExactly(SCORER.piece(state));
        assertThat(read.ofPieces()).isEqualTo(SCORER.ofPieces());
        assertThat(read.bias()).isEqualTo(SCORER.bias());
    }
}
