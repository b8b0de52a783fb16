package dev.pinfactory.registry.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.proto.v1.ListEntriesRequest;
import dev.pinfactory.proto.v1.ListEntriesResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** A role that ends, as its callers see it. */
class LeavingTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ConfigurableApplicationContext role;
    private ManagedChannel channel;
    private Slow slow;

    /** Answers when it is let. */
    static final class Slow extends RegistryServiceGrpc.RegistryServiceImplBase {
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch answer = new CountDownLatch(1);

        @Override
        public void listEntries(ListEntriesRequest request, StreamObserver<ListEntriesResponse> observer) {
            called.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            observer.onNext(ListEntriesResponse.getDefaultInstance());
            observer.onCompleted();
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Role {
        @Bean
        BindableService slow() {
            return new Slow();
        }
    }

    @BeforeEach
    void start() {
        role = new SpringApplicationBuilder(Role.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.grpc.server.port=0",
                        "spring.grpc.server.address=127.0.0.1",
                        "spring.grpc.server.shutdown.grace-period=20s",
                        "pinfactory.shutdown.quiet-period=2s")
                .run();
        slow = role.getBean(Slow.class);
        int port = role.getBean(GrpcServerLifecycle.class).getPort();
        channel = Grpc.newChannelBuilderForAddress("127.0.0.1", port, InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void end() {
        channel.shutdownNow();
        role.close();
        threads.close();
    }

    @Test
    void itSaysThatItIsNotReadyWhileItStillTakesCallsAndFinishesThem() throws Exception {
        assertThat(health()).isEqualTo(ServingStatus.SERVING);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(role::close, threads);
        await().until(() -> health() == ServingStatus.NOT_SERVING);
        CompletableFuture<ListEntriesResponse> late = CompletableFuture.supplyAsync(this::call, threads);
        assertThat(slow.called.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> channel.getState(false) != ConnectivityState.READY);
        assertThat(closed).isNotDone();
        slow.answer.countDown();
        assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo(ListEntriesResponse.getDefaultInstance());
        closed.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(this::call).hasMessageContaining("UNAVAILABLE");
    }

    private ServingStatus health() {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private ListEntriesResponse call() {
        return RegistryServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(15, TimeUnit.SECONDS)
                .listEntries(ListEntriesRequest.getDefaultInstance());
    }
}
