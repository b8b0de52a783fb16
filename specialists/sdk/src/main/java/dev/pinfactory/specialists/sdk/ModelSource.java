package dev.pinfactory.specialists.sdk;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a model and the digest that names them. The models of specialists are small, so they are held in memory while they are read. */
public final class ModelSource {
    private final byte[] content;
    private final String digest;

    private ModelSource(byte[] content) {
        this.content = content;
        this.digest = Digests.of(content);
    }

    public static ModelSource of(byte[] content) {
        return new ModelSource(content.clone());
    }

    public static ModelSource of(Path file) throws IOException {
        return new ModelSource(Files.readAllBytes(file));
    }

    public static ModelSource of(InputStream stream) throws IOException {
        return new ModelSource(stream.readAllBytes());
    }

    /** {@code sha256:…} of the bytes, computed from them. */
    public String digest() {
        return digest;
    }

    public long size() {
        return content.length;
    }

    public InputStream open() {
        return new ByteArrayInputStream(content);
    }

    public byte[] bytes() {
        return content.clone();
    }

    /**
     * This source, if it is what was wanted. An empty wanted digest accepts everything: a card need not name one for the model it ships with.
     *
     * @throws PinfactoryException FAILED_PRECONDITION when the digests differ
     */
    public ModelSource verified(String wantedDigest) {
        if (wantedDigest.isEmpty() || wantedDigest.equals(digest)) {
            return this;
        }
        throw new PinfactoryException(
                ErrorCode.FAILED_PRECONDITION, "model has digest " + digest + ", its version says " + wantedDigest);
    }
}
