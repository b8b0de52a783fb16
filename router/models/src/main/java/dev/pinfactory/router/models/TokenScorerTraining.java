package dev.pinfactory.router.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.pinfactory.encoder.SentenceEncoder;
import java.util.Arrays;
import java.util.List;

/** The numbers of a {@link TokenScorer} while they are learned, and the loss that they are learned by. Not safe for concurrent use. */
final class TokenScorerTraining {
    private static final int SIZE = SentenceEncoder.DIMENSIONS;
    private static final float MASKED = 10_000;
    private static final float TINY = 1e-9f;

    /** Weights of the two parts of the loss: each card on its own, and right cards against the wrong ones of the same request. */
    private static final float ALONE = 2;

    private static final float AGAINST_OTHERS = 0.5f;

    private final NDArray pieces;
    private final NDArray whole;
    private final NDArray ofPieces;
    private final NDArray ofWhole;
    private final NDArray bias;

    TokenScorerTraining(NDManager manager) {
        pieces = manager.eye(SIZE);
        whole = manager.eye(SIZE);
        ofPieces = manager.create(12f);
        ofWhole = manager.create(8f);
        bias = manager.create(-13f);
    }

    List<NDArray> matrices() {
        return List.of(pieces, whole);
    }

    List<NDArray> numbers() {
        return List.of(ofPieces, ofWhole, bias);
    }

    /**
     * Logits [requests × cards].
     *
     * @param states [requests × pieces × size]
     * @param inner [requests × pieces], 1 for a piece that is no mark
     * @param cards [cards × size], of length 1
     */
    NDArray logits(NDArray states, NDArray inner, NDArray cards) {
        NDArray towards = cards.transpose();
        NDArray similarities = unit(states.matMul(pieces)).matMul(towards);
        NDArray attention = similarities
                .div(TokenScorer.TEMPERATURE)
                .add(inner.sub(1).mul(MASKED).expandDims(2))
                .softmax(1);
        NDArray best = attention.mul(similarities).sum(new int[] {1});
        NDArray all = unit(UpperLayers.first(states).matMul(whole)).matMul(towards);
        return best.mul(ofPieces).add(all.mul(ofWhole)).add(bias);
    }

    /** @param labels [requests × cards], 1 where the request needs the card */
    static NDArray loss(NDArray logits, NDArray labels) {
        NDArray alone = softplus(logits).sub(labels.mul(logits)).mean();
        NDArray wrong = logits.sub(labels.mul(MASKED));
        NDArray highest = wrong.max(new int[] {1}, true);
        NDArray wrongTogether =
                wrong.sub(highest).exp().sum(new int[] {1}, true).log().add(highest);
        NDArray against = softplus(wrongTogether.sub(logits))
                .mul(labels)
                .sum()
                .div(labels.sum().add(TINY));
        return alone.mul(ALONE).add(against.mul(AGAINST_OTHERS));
    }

    private static NDArray softplus(NDArray x) {
        return x.getNDArrayInternal().relu().add(x.abs().neg().exp().add(1).log());
    }

    static NDArray unit(NDArray x) {
        return x.div(x.square().sum(new int[] {-1}, true).add(TINY).sqrt());
    }

    TokenScorer result() {
        return new TokenScorer(rows(pieces), rows(whole), ofPieces.getFloat(), ofWhole.getFloat(), bias.getFloat());
    }

    private static float[][] rows(NDArray matrix) {
        float[] values = matrix.toFloatArray();
        float[][] rows = new float[SIZE][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * SIZE, (row + 1) * SIZE));
        return rows;
    }

    /** Texts of different length side by side: states with zeros behind each, and masks of all pieces and of those that are no mark. */
    record Padded(NDArray states, NDArray mask, NDArray inner) {
        static Padded of(List<float[][]> texts, NDManager manager) {
            int longest = texts.stream().mapToInt(text -> text.length).max().orElse(0);
            float[] states = new float[texts.size() * longest * SIZE];
            float[] mask = new float[texts.size() * longest];
            float[] inner = new float[texts.size() * longest];
            for (int text = 0; text < texts.size(); text++) {
                float[][] rows = texts.get(text);
                for (int piece = 0; piece < rows.length; piece++) {
                    int at = text * longest + piece;
                    System.arraycopy(rows[piece], 0, states, at * SIZE, SIZE);
                    mask[at] = 1;
                    inner[at] = piece > 0 && piece < rows.length - 1 ? 1 : 0;
                }
            }
            return new Padded(
                    manager.create(states, new Shape(texts.size(), longest, SIZE)),
                    manager.create(mask, new Shape(texts.size(), longest)),
                    manager.create(inner, new Shape(texts.size(), longest)));
        }
    }
}
