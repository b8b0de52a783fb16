package dev.pinfactory.encoder;

import java.util.List;

/** The process's own encoder. Nobody who uses it may close it for the others. */
enum SharedSentenceEncoder implements SentenceEncoder {
    INSTANCE;

    /** Loads at first use; the class loader's lock makes it happen once. */
    private static final class Loaded {
        static final SentenceEncoder ENCODER = OnnxSentenceEncoder.load(EncoderSettings.defaults());
    }

    @Override
    public float[][] encode(List<String> texts) {
        return Loaded.ENCODER.encode(texts);
    }

    @Override
    public EncodedText encodeTokens(String text) {
        return Loaded.ENCODER.encodeTokens(text);
    }

    @Override
    public String digest() {
        return Loaded.ENCODER.digest();
    }

    @Override
    public void close() {}
}
