package dev.pinfactory.encoder;

import java.util.List;

/**
 * Turns texts into vectors whose dot product says how close their meanings are. Thread-safe.
 *
 * <p>A text has at most {@link #MAX_TOKENS} tokens; what follows is not read.
 */
public interface SentenceEncoder extends AutoCloseable {
    /** Length of a sentence vector and of a token vector. */
    int DIMENSIONS = 384;

    /** The model's positions, the two marks at the ends of a text included. */
    int MAX_TOKENS = 512;

    /**
     * One vector of Euclidean length 1 for each text, in order. It depends on that text alone, never on its neighbours in the call: see
     * {@link OnnxSentenceEncoder}.
     *
     * @throws IllegalArgumentException when a text is empty or blank; the message names its index
     * @throws IllegalStateException when the encoder is closed
     */
    float[][] encode(List<String> texts);

    /** The vector of one text. */
    default float[] encode(String text) {
        return encode(List.of(text))[0];
    }

    /**
     * The same in passes of several texts, which take half the time. Here a vector depends on the other texts of the call too, if only a little
     * (cosine 0.997 with the text's own on average); the same texts in the same order give the same vectors. For the parts of one text, which are only
     * wanted together.
     */
    default float[][] encodeTogether(List<String> texts) {
        return encode(texts);
    }

    /** The vector of a text and of each of its tokens, with the tokens' places in the text. */
    EncodedText encodeTokens(String text);

    /** Which model and vocabulary this is: {@code encoder@sha256:…}, as a card's {@code uses} names it. */
    String digest();

    /** How large its files are; 0 where nobody knows. */
    default long bytes() {
        return 0;
    }

    /** Waits for calls in flight, then frees the model. Closing again does nothing. */
    @Override
    void close();

    /** The encoder of this process: one for each JVM, loaded at the first call with one thread for each inference. Closing it does nothing. */
    static SentenceEncoder shared() {
        return SharedSentenceEncoder.INSTANCE;
    }

    /** An encoder of its own, to be closed by the caller. Needs about 200 MB. */
    static SentenceEncoder load(EncoderSettings settings) {
        return OnnxSentenceEncoder.load(settings);
    }

    /**
     * The encoder as it was tuned; its own, to be closed by the caller. Needs about as much memory as another encoder.
     *
     * @throws IllegalArgumentException when the adapter is for another encoder
     */
    static SentenceEncoder load(EncoderSettings settings, EncoderAdapter adapter) {
        return OnnxSentenceEncoder.load(settings, adapter);
    }
}
