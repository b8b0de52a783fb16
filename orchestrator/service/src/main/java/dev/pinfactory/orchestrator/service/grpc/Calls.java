package dev.pinfactory.orchestrator.service.grpc;

import dev.pinfactory.orchestrator.service.store.StoreFailures;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How handlers answer: errors of the catalogue with their details, faults in the log alone. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

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

    /** What streams until it ends. */
    interface Streaming {
        void run() throws InterruptedException;
    }

    static void stream(StreamObserver<?> observer, Streaming streaming) {
        try {
            streaming.run();
            if (!Context.current().isCancelled()) {
                observer.onCompleted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(observer, e);
        } catch (RuntimeException e) {
            fail(observer, e);
        }
    }

    static void fail(StreamObserver<?> observer, Throwable failure) {
        PinfactoryException error = Errors.fromThrowable(StoreFailures.explained(failure));
        if (error.code() == ErrorCode.INTERNAL) {
            LOG.error("call failed", failure);
        } else if (error.code() == ErrorCode.UNAVAILABLE) {
            LOG.warn("call failed: {}", failure.toString());
        }
        if (observer instanceof ServerCallStreamObserver<?> call && call.isCancelled()) {
            return;
        }
        observer.onError(Errors.toGrpc(error));
    }
}
