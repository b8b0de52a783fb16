package dev.pinfactory.registry.service;

import static dev.pinfactory.proto.error.ErrorCode.INVALID_ARGUMENT;
import static dev.pinfactory.proto.error.ErrorCode.TOO_LARGE;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ModelHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The bytes of a model as they come: kept in a file of its own until their size and digest are known to be right. */
final class ModelUpload implements AutoCloseable {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final ModelHeader header;
    private final MessageDigest digest;
    private final Path file;
    private final OutputStream out;
    private long received;

    private ModelUpload(ModelHeader header, Path file) throws IOException {
        this.header = header;
        this.file = file;
        this.out = Files.newOutputStream(file);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void check(ModelHeader header, long maxBytes) {
        if (!DIGEST.matcher(header.getDigest()).matches()) {
            throw invalid("header.digest", "is '" + header.getDigest() + "', expected sha256: and 64 hex digits");
        }
        if (header.getSizeBytes() < 1) {
            throw invalid("header.size_bytes", "is " + header.getSizeBytes() + ", expected at least 1");
        }
        if (header.getSizeBytes() > maxBytes) {
            throw new PinfactoryException(
                    TOO_LARGE, "the model has " + header.getSizeBytes() + " bytes, at most " + maxBytes);
        }
    }

    static ModelUpload begin(ModelHeader header, Path directory) throws IOException {
        Files.createDirectories(directory);
        return new ModelUpload(header, Files.createTempFile(directory, "model-", ".part"));
    }

    void add(ByteString chunk) throws IOException {
        received += chunk.size();
        if (received > header.getSizeBytes()) {
            throw invalid("chunk", "more than the " + header.getSizeBytes() + " bytes that the header promised");
        }
        digest.update(chunk.asReadOnlyByteBuffer());
        chunk.writeTo(out);
    }

    /** The file, once all of it has come and is what it should be. */
    Path complete() throws IOException {
        out.close();
        if (received != header.getSizeBytes()) {
            throw invalid("chunk", received + " bytes came, the header promised " + header.getSizeBytes());
        }
        String came = "sha256:" + HexFormat.of().formatHex(digest.digest());
        if (!came.equals(header.getDigest())) {
            throw invalid("header.digest", "is " + header.getDigest() + ", but the bytes have " + came);
        }
        return file;
    }

    ModelHeader header() {
        return header;
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }

    static PinfactoryException invalid(String field, String description) {
        return new PinfactoryException(
                INVALID_ARGUMENT, field + " " + description, List.of(new FieldViolation(field, description)));
    }
}
