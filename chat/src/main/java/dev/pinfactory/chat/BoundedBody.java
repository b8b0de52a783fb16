package dev.pinfactory.chat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body up to a limit and then hangs up. Unlike the JDK's limiting subscriber it does not fail: the status of an answer with an endless body
 * is still told.
 */
final class BoundedBody implements BodySubscriber<BoundedBody.Body> {
    /**
     * @param cut there was more
     */
    record Body(byte[] bytes, boolean cut) {}

    private final int limit;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<Body> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<Body> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        opened.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), limit - read.size())];
            boolean more = buffer.remaining() > bytes.length;
            buffer.get(bytes);
            read.writeBytes(bytes);
            if (more) {
                cut();
                return;
            }
        }
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private void cut() {
        if (subscription != null) {
            subscription.cancel();
        }
        body.complete(new Body(read.toByteArray(), true));
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(new Body(read.toByteArray(), false));
    }
}
