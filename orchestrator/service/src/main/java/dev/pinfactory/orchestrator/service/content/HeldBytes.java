package dev.pinfactory.orchestrator.service.content;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.registry.client.Channels;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What a request holds in memory, unpacked, until somebody has read it as what it is. All requests together, over REST and gRPC, have an eighth of the heap, since
 * reading one takes several times its size; who comes when it is used up is told to come again. Less than 64 KiB are not counted: these are bounded by the number of
 * requests. For one thread at a time.
 */
public final class HeldBytes implements AutoCloseable {
    private static final int PIECE = 64 * 1024;
    private static final int SHARE = 8;
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);
    private static final Semaphore PIECES = new Semaphore((int)
            (Math.max(2L * Channels.MAX_MESSAGE_BYTES, Runtime.getRuntime().maxMemory() / SHARE) / PIECE));

    private long bytes;
    private int pieces;

    /**
     * The same bytes, each counted when it is read.
     *
     * @return fails with OVERLOADED where the bytes of others take all the room
     */
    public InputStream counting(InputStream from) {
        return new FilterInputStream(from) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                add(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = in.read(into, offset, length);
                add(Math.max(0, count));
                return count;
            }
        };
    }

    /** @throws PinfactoryException OVERLOADED where the bytes of others take all the room */
    public void add(int count) {
        bytes += count;
        int more = (int) (bytes / PIECE) - pieces;
        if (!PIECES.tryAcquire(more)) {
            throw new PinfactoryException(
                    ErrorCode.OVERLOADED, "other requests take all the room there is", List.of(), COME_AGAIN, null);
        }
        pieces += more;
    }

    @Override
    public void close() {
        PIECES.release(pieces);
        pieces = 0;
        bytes = 0;
    }
}
