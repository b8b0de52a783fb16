package dev.pinfactory.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.v1.DeregisterRequest;
import dev.pinfactory.proto.v1.DeregisterResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
    @Test
    void everybodySharesTheChannelToAnAddress() {
        try (Channels channels = new Channels()) {
            assertThat(channels.channel("localhost:9101")).isSameAs(channels.channel("localhost:9101"));
            assertThat(channels.channel("inprocess:a")).isNotSameAs(channels.channel("inprocess:b"));
            assertThat(channels.channel("[::1]:9101").authority()).isEqualTo("[::1]:9101");
        }
    }

    @Test
    void theOneAskedForLongestAgoMakesRoom() {
        try (Channels channels = new Channels(InsecureChannelCredentials.create(), 2, System::nanoTime)) {
            ManagedChannel a = channels.channel("inprocess:a");
            ManagedChannel b = channels.channel("inprocess:b");
            channels.channel("inprocess:a");

            channels.channel("inprocess:c");

            assertThat(b.isShutdown()).isTrue();
            assertThat(a.isShutdown()).isFalse();
            assertThat(channels.size()).isEqualTo(2);
            assertThat(channels.channel("inprocess:b")).isNotSameAs(b);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                "host:0",
                "host:65536",
                "host:x",
                ":9101",
                "::1:9101",
                "http://host:1",
                "inprocess:"
            })
    void whatIsNoAddressIsRefused(String address) {
        try (Channels channels = new Channels()) {
            assertThatThrownBy(() -> channels.channel(address))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + address + "'");
            assertThat(channels.size()).isZero();
        }
    }

    @Test
    void aServerThatIsBackIsReachedByTheNextCall() throws Exception {
        AtomicLong now = new AtomicLong();
        try (Channels channels = new Channels(InsecureChannelCredentials.create(), 1, now::get)) {
            Server server = server(0);
            int port = server.getPort();
            assertThat(call(channels, port)).isEqualTo(Status.Code.OK);
            server.shutdownNow().awaitTermination();
            // Each failure makes gRPC's own wait longer, the first one to a second.
            for (int i = 0; i < 10; i++) {
                now.addAndGet(Channels.RECONNECT.toNanos());
                assertThat(call(channels, port)).isEqualTo(Status.Code.UNAVAILABLE);
            }

            server = server(port);
            now.addAndGet(Channels.RECONNECT.toNanos());

            assertThat(call(channels, port)).isEqualTo(Status.Code.OK);
            server.shutdownNow().awaitTermination();
        }
    }

    @Test
    void manyCallsToAServerThatIsAwayMakeFewAttemptsToConnect() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (Channels channels = new Channels(InsecureChannelCredentials.create(), 1, () -> 0);
                ServerSocket socket = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> refuse(socket, attempts));

            for (int i = 0; i < 500; i++) {
                assertThat(call(channels, socket.getLocalPort())).isEqualTo(Status.Code.UNAVAILABLE);
            }

            // The first, the one more that a call asks for, and what gRPC tries of itself each second.
            assertThat(attempts.get()).isBetween(2, 20);
        }
    }

    private static Server server(int port) throws IOException {
        return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .addService(new RegistryServiceGrpc.RegistryServiceImplBase() {
                    @Override
                    public void deregister(DeregisterRequest request, StreamObserver<DeregisterResponse> answer) {
                        answer.onNext(DeregisterResponse.getDefaultInstance());
                        answer.onCompleted();
                    }
                })
                .build()
                .start();
    }

    private static Status.Code call(Channels channels, int port) {
        try {
            RegistryServiceGrpc.newBlockingStub(channels.channel("127.0.0.1:" + port))
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .deregister(DeregisterRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static void refuse(ServerSocket socket, AtomicInteger attempts) {
        try {
            while (true) {
                socket.accept().close();
                attempts.incrementAndGet();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void closedIsClosed() {
        Channels channels = new Channels();
        ManagedChannel channel = channels.channel("inprocess:a");
        channels.close();

        assertThat(channel.isTerminated()).isTrue();
        assertThatThrownBy(() -> channels.channel("inprocess:a")).isInstanceOf(IllegalStateException.class);
    }
}
