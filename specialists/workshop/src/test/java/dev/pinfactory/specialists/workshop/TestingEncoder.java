package dev.pinfactory.specialists.workshop;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import java.util.List;

/** Says nothing of the meaning of a text, at once: what is learnt here is learnt from words. */
final class TestingEncoder implements SentenceEncoder {
    @Override
    public float[][] encode(List<String> texts) {
        float[][] vectors = new float[texts.size()][DIMENSIONS];
        for (float[] vector : vectors) {
            vector[0] = 1;
        }
        return vectors;
    }

    @Override
    public EncodedText encodeTokens(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String digest() {
        return "encoder@sha256:" + "0".repeat(64);
    }

    @Override
    public void close() {}
}
