package dev.pinfactory.orchestrator.service.content;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ContentRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Files under one folder (a shared one, where several replicas run), with a row for each tenant and digest. */
public final class FileContentStore implements ContentStore {
    private static final int DIGEST_LENGTH = "sha256:".length() + 64;

    private final Path folder;
    private final ContentRows rows;
    private final ContentLimits limits;
    private final Clock clock;
    /** File and row are two things: nobody may erase the one while somebody writes the other. */
    private final Object keeping = new Object();

    public FileContentStore(Path folder, ContentRows rows, ContentLimits limits, Clock clock) {
        this.folder = folder;
        this.rows = rows;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Upload begin(String tenant, String mediaType, String fileName) {
        try {
            Path uploads = Files.createDirectories(folder.resolve("uploads"));
            return new FileUpload(
                    Files.createTempFile(uploads, "upload-", ".part"), limits.maxUpload(), (file, ref) -> {
                        ContentRef named = ref.toBuilder()
                                .setMediaType(mediaType)
                                .setFileName(fileName)
                                .build();
                        synchronized (keeping) {
                            keep(tenant, file, ref.getDigest());
                            rows.put(tenant, named, expiry());
                        }
                        return named;
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ContentRef put(String tenant, String mediaType, ByteString bytes) {
        try (Upload upload = begin(tenant, mediaType, "")) {
            byte[] content = bytes.toByteArray();
            upload.write(content, 0, content.length);
            return upload.complete();
        }
    }

    @Override
    public Optional<ContentRef> find(String tenant, String digest) {
        Optional<ContentRef> found = rows.find(tenant, digest);
        found.ifPresent(ref -> rows.put(tenant, ref, expiry()));
        return found;
    }

    @Override
    public ByteString read(String tenant, String digest) {
        if (rows.find(tenant, digest).isEmpty()) {
            throw absent(digest);
        }
        try {
            byte[] bytes = Files.readAllBytes(file(tenant, digest));
            if (!Digests.of(bytes).equals(digest)) {
                throw new PinfactoryException(ErrorCode.INTERNAL, "stored content " + digest + " was changed on disk");
            }
            return ByteString.copyFrom(bytes);
        } catch (NoSuchFileException e) {
            throw absent(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Content locate(String tenant, String digest) {
        long size = rows.find(tenant, digest).orElseThrow(() -> absent(digest)).getSizeBytes();
        Path file = file(tenant, digest);
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public long size() {
                return size;
            }
        };
    }

    /** What somebody has uploaded again in between is kept. */
    @Override
    public void erase(String tenant, Collection<String> digests) {
        for (String digest : digests) {
            synchronized (keeping) {
                if (rows.find(tenant, digest).isPresent()) {
                    continue;
                }
                try {
                    Files.deleteIfExists(file(tenant, digest));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public int expire(Instant now, int limit) {
        Collection<ContentRows.Owned> expired = rows.removeExpired(now, limit);
        expired.forEach(owned -> erase(owned.tenant(), java.util.List.of(owned.digest())));
        removeAbandoned(now.minus(limits.retention()));
        return expired.size();
    }

    /** Uploads in the middle of which a process was killed. */
    private void removeAbandoned(Instant before) {
        Path uploads = folder.resolve("uploads");
        if (!Files.isDirectory(uploads)) {
            return;
        }
        try (var parts = Files.newDirectoryStream(uploads)) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (NoSuchFileException e) {
            // Completed while it was looked at; the others are looked at in the next round.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(String tenant, Path upload, String digest) throws IOException {
        Path file = file(tenant, digest);
        Files.createDirectories(file.getParent());
        // The same digest is the same bytes: whoever moves last changes nothing.
        Files.move(upload, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Neither part can leave the folder: the tenant is hashed, and a digest has no character but hex digits. */
    private Path file(String tenant, String digest) {
        if (digest.length() != DIGEST_LENGTH || !digest.matches("sha256:[0-9a-f]{64}")) {
            throw absent(digest);
        }
        String hex = digest.substring("sha256:".length());
        String owner = Digests.of(tenant.getBytes(StandardCharsets.UTF_8)).substring("sha256:".length(), 23);
        return folder.resolve(owner).resolve(hex.substring(0, 2)).resolve(hex);
    }

    private Instant expiry() {
        return clock.instant().plus(limits.retention());
    }

    private static PinfactoryException absent(String digest) {
        return new PinfactoryException(ErrorCode.NOT_FOUND, "there is no content " + digest + "; upload it first");
    }
}
