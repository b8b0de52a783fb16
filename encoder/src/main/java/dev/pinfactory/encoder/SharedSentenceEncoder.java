package dev.pinfactory.encoder;

import java.util.List;

/** The process's own encoder. Nobody who uses it may close it for the others. */
enum SharedSentenceEncoder implements SentenceEncoder {
    INSTANCE;

    private final LoadedOnce<SentenceEncoder> encoder =
            new LoadedOnce<>(() -> OnnxSentenceEncoder.load(EncoderSettings.defaults()));

    @Override
    public float[][] encode(List<String> texts) {
        return encoder.get().encode(texts);
    }

    @Override
    public float[][] encodeTogether(List<String> texts) {
        return encoder.get().encodeTogether(texts);
    }

    @Override
    public EncodedText encodeTokens(String text) {
        return encoder.get().encodeTokens(text);
    }

    @Override
    public String digest() {
        return encoder.get().digest();
    }

    @Override
    public long bytes() {
        return encoder.get().bytes();
    }

    @Override
    public void close() {}
}
