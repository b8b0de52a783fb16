package dev.pinfactory.specialists.clauses;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;

/**
 * What the encoder makes of a clause: the vector of the whole, and of its tokens the mean and the largest value in each direction. The largest ones still
 * show a few words of a long sentence, which the vector of the whole has lost.
 */
final class ClauseStates {
    static final int SIZE = 3 * SentenceEncoder.DIMENSIONS;

    private ClauseStates() {}

    static float[] of(EncodedText text) {
        float[] states = new float[SIZE];
        int length = SentenceEncoder.DIMENSIONS;
        System.arraycopy(text.sentence(), 0, states, 0, length);
        if (text.tokens().isEmpty()) {
            return states;
        }
        for (int i = 0; i < length; i++) {
            double sum = 0;
            float largest = Float.NEGATIVE_INFINITY;
            for (EncodedText.Token token : text.tokens()) {
                float value = token.vector()[i];
                sum += value;
                largest = Math.max(largest, value);
            }
            states[length + i] = (float) (sum / text.tokens().size());
            states[2 * length + i] = largest;
        }
        return states;
    }
}
