package dev.pinfactory.registry.client;

import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One call of Watch; its end is told once, whichever way it comes. */
final class WatchStream implements ClientResponseObserver<WatchRequest, WatchResponse> {
    private final BiConsumer<WatchStream, WatchResponse> heard;
    private final BiConsumer<WatchStream, Throwable> ended;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable ClientCallStreamObserver<WatchRequest> call;

    WatchStream(BiConsumer<WatchStream, WatchResponse> heard, BiConsumer<WatchStream, Throwable> ended) {
        this.heard = heard;
        this.ended = ended;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> requestStream) {
        call = requestStream;
    }

    @Override
    public void onNext(WatchResponse response) {
        if (over.get()) {
            return;
        }
        try {
            heard.accept(this, response);
        } catch (RuntimeException e) {
            cancelCall("the catalogue is not usable");
            end(e);
        }
    }

    @Override
    public void onError(Throwable why) {
        end(why);
    }

    @Override
    public void onCompleted() {
        end(Status.UNAVAILABLE.withDescription("the registry ended the watch").asRuntimeException());
    }

    /** Gives the call up; safe at any time. */
    void cancel(String why) {
        cancelCall(why);
        end(Status.CANCELLED.withDescription(why).asRuntimeException());
    }

    private void cancelCall(String why) {
        ClientCallStreamObserver<WatchRequest> begun = call;
        if (begun != null) {
            begun.cancel(why, null);
        }
    }

    private void end(Throwable why) {
        if (over.compareAndSet(false, true)) {
            ended.accept(this, why);
        }
    }
}
