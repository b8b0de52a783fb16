package dev.pinfactory.proto.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.WatchTaskRequest;
import dev.pinfactory.proto.v1.WatchTaskResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A handler that waits for its reader holds the thread on which gRPC would tell of it; in the end nobody may wait longer than for the reader. */
class PacedStreamTest {
    private static final int EVENTS = 200;

    private final CompletableFuture<Boolean> allSent = new CompletableFuture<>();
    private final Server server = InProcessServerBuilder.forName("paced")
            .addService(new SwarmServiceGrpc.SwarmServiceImplBase() {
                @Override
                public void watchTask(WatchTaskRequest request, StreamObserver<WatchTaskResponse> observer) {
                    PacedStream<WatchTaskResponse> stream = new PacedStream<>(observer);
                    try {
                        boolean sent = true;
                        for (int i = 0; i < EVENTS && sent; i++) {
                            sent = stream.send(WatchTaskResponse.newBuilder()
                                    .setEvent(TaskEvent.newBuilder().setSequence(i))
                                    .build());
                        }
                        allSent.complete(sent);
                        observer.onCompleted();
                    } catch (InterruptedException e) {
                        allSent.completeExceptionally(e);
                    }
                }
            })
            .build();
    private final ManagedChannel channel =
            InProcessChannelBuilder.forName("paced").build();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    /** Takes one message, and no more until it is told to. */
    private final class SlowReader implements ClientResponseObserver<WatchTaskRequest, WatchTaskResponse> {
        final CountDownLatch first = new CountDownLatch(1);
        final CountDownLatch taken = new CountDownLatch(EVENTS);
        final CompletableFuture<ClientCallStreamObserver<WatchTaskRequest>> call = new CompletableFuture<>();

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchTaskRequest> stream) {
            stream.disableAutoRequestWithInitial(1);
            call.complete(stream);
        }

        @Override
        public void onNext(WatchTaskResponse response) {
            first.countDown();
            taken.countDown();
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }

    private SlowReader read() throws InterruptedException {
        SlowReader reader = new SlowReader();
        SwarmServiceGrpc.newStub(channel).watchTask(WatchTaskRequest.getDefaultInstance(), reader);
        assertThat(reader.first.await(10, TimeUnit.SECONDS)).isTrue();
        return reader;
    }

    @Test
    void aReaderThatPausedGetsTheRestAsSoonAsItTakesIt() throws Exception {
        SlowReader reader = read();
        assertThat(allSent).isNotDone();

        reader.call.get().request(EVENTS);

        assertThat(reader.taken.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(allSent.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aReaderThatHangsUpIsNotWaitedFor() throws Exception {
        SlowReader reader = read();

        reader.call.get().cancel("enough", null);

        assertThat(allSent.get(10, TimeUnit.SECONDS)).isFalse();
    }
}
