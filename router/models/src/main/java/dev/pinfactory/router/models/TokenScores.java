package dev.pinfactory.router.models;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What the pieces of an instruction have to do with each card of an index. Immutable.
 *
 * @param similarities by card and piece; none for a card that is not judged here
 * @param wholes of the instruction, by card
 */
record TokenScores(TokenScorer scorer, float[][] similarities, float[] wholes) {
    /** Weight of these logits; those of the probabilities have the rest. */
    private static final double WEIGHT = 0.5;

    private static final int HALVINGS = 30;
    private static final double FARTHEST = 20;

    /**
     * Probabilities with the mean of both logits, moved so that they add up to what they did: these scores say which cards are meant, and the probabilities how many. Of
     * catalogues that it never saw the tuned encoder is far too sure. A card that is not judged here keeps its logit.
     */
    double[] reordered(double[] probabilities, BitSet pieces) {
        if (pieces.isEmpty()) {
            return probabilities;
        }
        double[] logits = logits(pieces);
        double sum = 0;
        for (int card = 0; card < logits.length; card++) {
            double own = FittedFeatures.logit(probabilities[card]);
            logits[card] = similarities[card].length == 0 ? own : WEIGHT * logits[card] + (1 - WEIGHT) * own;
            sum += probabilities[card];
        }
        double low = -FARTHEST;
        double high = FARTHEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (sum(logits, middle) > sum) {
                high = middle;
            } else {
                low = middle;
            }
        }
        double shift = (low + high) / 2;
        return Arrays.stream(logits)
                .map(logit -> LogisticRegression.sigmoid(logit + shift))
                .toArray();
    }

    private static double sum(double[] logits, double shift) {
        double sum = 0;
        for (double logit : logits) {
            sum += LogisticRegression.sigmoid(logit + shift);
        }
        return sum;
    }

    /** For each card the logit of the probability that these pieces ask for it; 0 for one that is not judged here. */
    double[] logits(BitSet pieces) {
        double[] logits = new double[wholes.length];
        float[] chosen = new float[pieces.cardinality()];
        for (int card = 0; card < logits.length; card++) {
            if (similarities[card].length == 0) {
                continue;
            }
            int at = 0;
            for (int piece = pieces.nextSetBit(0); piece >= 0; piece = pieces.nextSetBit(piece + 1)) {
                chosen[at++] = similarities[card][piece];
            }
            logits[card] = scorer.logit(chosen, wholes[card]);
        }
        return logits;
    }
}
