package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.registry.client.Channels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * One body that is held in memory, from its first byte until it was read as what it is. All of them together have an eighth of the heap, since reading one
 * takes several times its size; who comes when it is used up is told to come again.
 */
final class BodyBytes implements AutoCloseable {
    private static final int PIECE = 64 * 1024;
    private static final int SHARE = 8;
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);
    private static final Semaphore PIECES = new Semaphore((int)
            (Math.max(2L * Channels.MAX_MESSAGE_BYTES, Runtime.getRuntime().maxMemory() / SHARE) / PIECE));

    private int held;

    /**
     * The whole body.
     *
     * @throws PinfactoryException TOO_LARGE, or OVERLOADED when the bodies of others take all the room
     */
    byte[] read(InputStream body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] piece = body.readNBytes(PIECE); piece.length > 0; piece = body.readNBytes(PIECE)) {
            if (bytes.size() + piece.length > Channels.MAX_MESSAGE_BYTES) {
                throw Bodies.tooLarge();
            }
            if (!PIECES.tryAcquire()) {
                throw new PinfactoryException(
                        ErrorCode.OVERLOADED,
                        "other requests' bodies take all the room there is",
                        List.of(),
                        COME_AGAIN,
                        null);
            }
            held++;
            bytes.write(piece);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        PIECES.release(held);
        held = 0;
    }
}
