package dev.pinfactory.registry.client;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last good catalogue on disk: one line with format, time and digest, then the message. Written beside and moved over, so that a reader finds
 * the old one or the new one and never half of one.
 */
final class SnapshotFile {
    private static final String FORMAT = "pinfactory-catalog-1";
    private static final long MAX_BYTES = 256L * 1024 * 1024;

    private final Path file;

    SnapshotFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** A catalogue and when the registry last confirmed it. */
    record Stored(Snapshot snapshot, Instant asOf) {}

    void write(Snapshot snapshot, Instant asOf) throws IOException {
        byte[] body = snapshot.toByteArray();
        String header = FORMAT + ' ' + asOf.toEpochMilli() + ' ' + Digests.of(body) + '\n';
        Path directory = file.getParent();
        Files.createDirectories(directory);
        Path beside = Files.createTempFile(directory, file.getFileName() + ".", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                writeFully(channel, header.getBytes(StandardCharsets.US_ASCII));
                writeFully(channel, body);
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * What was written last; empty when there is no file.
     *
     * @throws IOException when there is a file that can't be read or is damaged
     */
    Optional<Stored> read() throws IOException {
        byte[] all;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        int newline = 0;
        while (newline < all.length && all[newline] != '\n') {
            newline++;
        }
        String[] header = new String(all, 0, newline, StandardCharsets.US_ASCII).split(" ", -1);
        if (newline == all.length || header.length != 3 || !header[0].equals(FORMAT)) {
            throw new IOException(file + " does not start with " + FORMAT);
        }
        byte[] body = Arrays.copyOfRange(all, newline + 1, all.length);
        if (!Digests.of(body).equals(header[2])) {
            throw new IOException(file + " is damaged: its digest differs");
        }
        try {
            return Optional.of(new Stored(Snapshot.parseFrom(body), Instant.ofEpochMilli(Long.parseLong(header[1]))));
        } catch (InvalidProtocolBufferException | NumberFormatException e) {
            throw new IOException(file + " is damaged", e);
        }
    }

    private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
