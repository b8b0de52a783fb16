package dev.pinfactory.orchestrator.service.content;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ContentRef;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.util.unit.DataSize;

/** Writes to a temporary file and digests on the way: memory does not grow with the upload. */
final class FileUpload implements ContentStore.Upload {
    private final Path file;
    private final DataSize limit;
    private final Keeper keeper;
    private final OutputStream out;
    private final MessageDigest digest = sha256();
    private long size;

    /** Takes the complete file over. */
    interface Keeper {
        ContentRef keep(Path file, ContentRef ref) throws IOException;
    }

    FileUpload(Path file, DataSize limit, Keeper keeper) throws IOException {
        this.file = file;
        this.limit = limit;
        this.keeper = keeper;
        this.out = Files.newOutputStream(file);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (size + length > limit.toBytes()) {
            throw tooLarge(limit);
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        digest.update(bytes, offset, length);
        size += length;
    }

    @Override
    public ContentRef complete() {
        try {
            out.close();
            ContentRef ref = ContentRef.newBuilder()
                    .setDigest("sha256:" + HexFormat.of().formatHex(digest.digest()))
                    .setSizeBytes(size)
                    .build();
            return keeper.keep(file, ref);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PinfactoryException tooLarge(DataSize limit) {
        return PinfactoryException.of(
                ErrorCode.TOO_LARGE,
                "content",
                "is larger than " + limit.toMegabytes() + " MiB, the limit of one upload");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
