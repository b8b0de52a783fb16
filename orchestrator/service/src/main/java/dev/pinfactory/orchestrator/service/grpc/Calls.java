package dev.pinfactory.orchestrator.service.grpc;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How handlers answer: errors of the catalogue with their details, faults in the log alone. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final long SLOW_READER_SECONDS = 30;

    private Calls() {}

    static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        try {
            T response = work.get();
            observer.onNext(response);
            observer.onCompleted();
        } catch (RuntimeException e) {
            fail(observer, e);
        }
    }

    static void fail(StreamObserver<?> observer, Throwable failure) {
        PinfactoryException error = Errors.fromThrowable(failure);
        if (error.code() == ErrorCode.INTERNAL) {
            LOG.error("call failed", failure);
        }
        if (observer instanceof ServerCallStreamObserver<?> call && call.isCancelled()) {
            return;
        }
        observer.onError(Errors.toGrpc(error));
    }

    /** Sends when the transport can take it, so that a slow reader fills no buffer here; false when the reader is gone. */
    static <T> boolean send(ServerCallStreamObserver<T> observer, Ready ready, T message) throws InterruptedException {
        if (!ready.await(observer)) {
            return false;
        }
        observer.onNext(message);
        return true;
    }

    /** Whether the transport can take a message. */
    static final class Ready {
        private final Object lock = new Object();

        Ready(ServerCallStreamObserver<?> observer) {
            observer.setOnReadyHandler(this::signal);
        }

        void signal() {
            synchronized (lock) {
                lock.notifyAll();
            }
        }

        boolean await(ServerCallStreamObserver<?> observer) throws InterruptedException {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLOW_READER_SECONDS);
            synchronized (lock) {
                while (!observer.isReady() && !observer.isCancelled()) {
                    long millis = (until - System.nanoTime()) / 1_000_000;
                    if (millis <= 0) {
                        return false;
                    }
                    lock.wait(millis);
                }
            }
            return !observer.isCancelled();
        }
    }
}
