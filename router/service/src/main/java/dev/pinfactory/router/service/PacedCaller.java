package dev.pinfactory.router.service;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.TimeUnit;

/** A caller that is sent many messages: each when the connection takes it, so that a slow reader fills no buffer here. */
final class PacedCaller<T> {
    private static final long SLOW_READER_SECONDS = 30;

    private final ServerCallStreamObserver<T> caller;
    private final Object lock = new Object();

    /** To be made before the handler returns; gRPC takes no listener later. */
    PacedCaller(ServerCallStreamObserver<T> caller) {
        this.caller = caller;
        caller.setOnReadyHandler(this::signal);
        caller.setOnCancelHandler(this::signal);
    }

    private void signal() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /**
     * False when the caller is gone.
     *
     * @throws PinfactoryException when it reads too slowly to be waited for
     */
    boolean send(T message) throws InterruptedException {
        if (!awaitReady()) {
            return false;
        }
        caller.onNext(message);
        return true;
    }

    private boolean awaitReady() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLOW_READER_SECONDS);
        synchronized (lock) {
            while (!caller.isReady() && !caller.isCancelled()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (millis <= 0) {
                    throw new PinfactoryException(
                            ErrorCode.DEADLINE_EXCEEDED,
                            "nothing was read for " + SLOW_READER_SECONDS + " s, and more waits to be sent");
                }
                lock.wait(millis);
            }
        }
        return !caller.isCancelled();
    }
}
