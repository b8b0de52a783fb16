package dev.pinfactory.router.models;

import dev.pinfactory.encoder.EncoderSettings;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Tuned encoders by the digest of their file. A router that is loaded anew mostly has the encoder of the one before, and two of them would take twice the memory; one that no
 * router has any more is closed.
 */
final class TokenReaders {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Map<String, WeakReference<TokenReader>> KNOWN = new HashMap<>();

    private TokenReaders() {}

    /** @throws IOException when the file is something else, or for another encoder */
    static TokenReader of(byte[] file) throws IOException {
        synchronized (KNOWN) {
            KNOWN.values().removeIf(reference -> reference.refersTo(null));
            String digest = Digests.of(file);
            WeakReference<TokenReader> known = KNOWN.get(digest);
            TokenReader reader = known == null ? null : known.get();
            if (reader == null) {
                reader = load(file);
                KNOWN.put(digest, new WeakReference<>(reader));
            }
            return reader;
        }
    }

    private static TokenReader load(byte[] file) throws IOException {
        TunedEncoder tuned = TunedEncoder.read(file);
        try {
            SentenceEncoder encoder = SentenceEncoder.load(EncoderSettings.defaults(), tuned.adapter());
            TokenReader reader = new TokenReader(encoder, tuned.scorer());
            CLEANER.register(reader, encoder::close);
            return reader;
        } catch (IllegalArgumentException e) {
            throw new IOException(RouterFiles.ENCODER + " can't be used: " + e.getMessage(), e);
        }
    }
}
