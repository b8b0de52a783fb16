package dev.pinfactory.orchestrator.service.grpc;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
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

    /**
     * Sends messages when the transport can take them, so that a slow reader fills no buffer here. gRPC tells of a transport that is ready, and of a caller
     * who hung up, on the thread of the call, and that is the one that waits here: so it looks for itself.
     */
    static final class Stream<T> {
        private static final long LOOK_AGAIN_MILLIS = 10;

        private final ServerCallStreamObserver<T> observer;
        private final Context context = Context.current();

        Stream(StreamObserver<T> observer) {
            this.observer = (ServerCallStreamObserver<T>) observer;
        }

        /**
         * False when the reader is gone.
         *
         * @throws PinfactoryException CANCELLED when it takes nothing for {@link #SLOW_READER_SECONDS}
         */
        boolean send(T message) throws InterruptedException {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLOW_READER_SECONDS);
            CountDownLatch never = new CountDownLatch(1);
            while (!observer.isReady()) {
                if (gone()) {
                    return false;
                }
                if (System.nanoTime() - until > 0) {
                    throw new PinfactoryException(
                            ErrorCode.CANCELLED, "nobody took a message for " + SLOW_READER_SECONDS + " s");
                }
                never.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (gone()) {
                return false;
            }
            observer.onNext(message);
            return true;
        }

        boolean gone() {
            return context.isCancelled() || observer.isCancelled();
        }
    }
}
