package dev.pinfactory.proto.stream;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A caller who is sent many messages by the thread that handles the call: each when the connection takes it, so that a slow reader fills no buffer here.
 * gRPC tells of a connection that takes more, and of a caller who hung up, on that very thread; so it looks for itself. For one thread.
 */
public final class PacedStream<T> {
    private static final long SLOW_READER_SECONDS = 30;
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final ServerCallStreamObserver<T> caller;
    private final Context context = Context.current();

    /** @param caller as a handler of a gRPC service is given it; to be called by that handler */
    public PacedStream(StreamObserver<T> caller) {
        this.caller = (ServerCallStreamObserver<T>) caller;
    }

    /**
     * False when the caller is gone.
     *
     * @throws PinfactoryException DEADLINE_EXCEEDED when it takes nothing for 30 seconds
     */
    public boolean send(T message) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLOW_READER_SECONDS);
        CountDownLatch never = new CountDownLatch(1);
        while (!caller.isReady()) {
            if (gone()) {
                return false;
            }
            if (System.nanoTime() - until > 0) {
                throw new PinfactoryException(
                        ErrorCode.DEADLINE_EXCEEDED,
                        "nothing was read for " + SLOW_READER_SECONDS + " s, and more waits to be sent");
            }
            never.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (gone()) {
            return false;
        }
        caller.onNext(message);
        return true;
    }

    /** Whether the caller hung up. */
    public boolean gone() {
        return context.isCancelled() || caller.isCancelled();
    }
}
