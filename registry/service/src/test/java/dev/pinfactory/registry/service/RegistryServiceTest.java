package dev.pinfactory.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.GetModelRequest;
import dev.pinfactory.proto.v1.ListEntriesRequest;
import dev.pinfactory.proto.v1.ModelHeader;
import dev.pinfactory.proto.v1.PutModelRequest;
import dev.pinfactory.proto.v1.PutModelResponse;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.SetVersionStateRequest;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import dev.pinfactory.registry.client.RegistryClient;
import dev.pinfactory.registry.client.RegistryClientSettings;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** The whole registry, in this process and over sockets, with the client that everybody uses. */
class RegistryServiceTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Channels channels = new Channels();

    @TempDir
    private Path data;

    private ConfigurableApplicationContext registry;
    private String address;

    @AfterEach
    void stop() {
        channels.close();
        if (registry != null) {
            registry.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatRegistersIsWatchedAndGoneWhenItCloses(boolean inProcess) throws Exception {
        start(inProcess);
        try (RegistryClient orchestrator = RegistryClient.start(channels, RegistryClientSettings.at(address));
                RegistryClient router = RegistryClient.start(
                        channels, RegistryClientSettings.at(address).withoutEndpoints())) {
            Registration registration = register("a", "mood");
            assertThat(registration.awaitRegistered(SOON)).isTrue();

            await().atMost(SOON)
                    .until(() -> router.current().contracts().find("mood").isPresent());
            await().atMost(SOON)
                    .until(() ->
                            orchestrator.current().endpoints("mood", "1.0.0").size() == 1);
            assertThat(router.current().endpoints("mood", "1.0.0")).isEmpty();

            registration.close();
            await().atMost(SOON)
                    .until(() ->
                            orchestrator.current().endpoints("mood", "1.0.0").isEmpty());
            assertThat(router.current().contracts().find("mood")).isPresent();
        }
    }

    @Test
    void everythingIsThereAfterARestartAndClientsComeBack() throws Exception {
        start(true);
        try (RegistryClient client = RegistryClient.start(
                        channels,
                        RegistryClientSettings.at(address).withBackoff(Duration.ofMillis(10), Duration.ofMillis(100)));
                Registration registration = register("a", "mood")) {
            assertThat(registration.awaitRegistered(SOON)).isTrue();
            move("mood", State.RETIRED, 0);
            await().atMost(SOON).until(() -> client.current().contracts().size() == 0);
            long before = client.current().revision();

            registry.close();
            await().atMost(SOON).until(() -> !client.connected());
            assertThat(client.current().find("mood")).isPresent();
            start(true);
            await().atMost(SOON).until(client::connected);
            move("mood", State.CHAMPION, 0);

            await().atMost(SOON).until(() -> client.current().contracts().size() == 1);
            assertThat(client.current().revision()).isGreaterThan(before);
            assertThat(client.current().endpoints("mood", "1.0.0")).hasSize(1);
        }
    }

    @Test
    void healthIsAnsweredByTheNameOfTheService() {
        start(false);
        var updates = HealthGrpc.newBlockingStub(channels.channel(address))
                .withDeadlineAfter(SOON.multipliedBy(2))
                .watch(HealthCheckRequest.newBuilder()
                        .setService(RegistryServiceGrpc.SERVICE_NAME)
                        .build());
        // Unknown until the first round of checks.
        ServingStatus status = updates.next().getStatus();
        assertThat(status == ServingStatus.SERVICE_UNKNOWN ? updates.next().getStatus() : status)
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void refusalsNameTheFieldAndTheRule() {
        start(true);
        assertThat(registry.getBeansOfType(GrpcServerLifecycle.class))
                .as("no port in one process")
                .hasSize(1);
        var request = RegisterRequest.newBuilder()
                .addCards(TestingCards.card("Not An Id", "1.0.0"))
                .addCards(TestingCards.card("mood", ""))
                .setEndpoint(TestingCards.endpoint("a"))
                .build();

        assertThatThrownBy(() -> stub().register(request)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            var error = Errors.fromGrpc(e);
            assertThat(error.code()).isEqualTo(ErrorCode.CARD_INVALID);
            assertThat(error.violations())
                    .anyMatch(violation -> violation.field().equals("cards[0].contract.id"))
                    .anyMatch(violation -> violation.field().equals("cards[1].version.number"));
        });
        assertThatThrownBy(() -> move("nobody", State.CHAMPION, 0))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
        assertThatThrownBy(() -> stub().register(request.toBuilder()
                        .setLease(com.google.protobuf.Duration.newBuilder().setNanos(-2_000_000_000))
                        .build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
        assertThat(stub().listEntries(ListEntriesRequest.getDefaultInstance())
                        .getSnapshot()
                        .getEntriesCount())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aModelComesBackAsItWasPut(boolean inProcess) throws Exception {
        start(inProcess);
        byte[] model = new byte[3_000_000];
        new Random(11).nextBytes(model);
        String digest = Digests.of(model);

        PutModelResponse first = put(header(digest, model.length), model);
        PutModelResponse again = put(header(digest, model.length), model);

        assertThat(first.getExisted()).isFalse();
        assertThat(again.getExisted()).isTrue();
        var back = new ByteArrayOutputStream();
        stub().getModel(GetModelRequest.newBuilder().setDigest(digest).build())
                .forEachRemaining(part -> back.writeBytes(part.getChunk().toByteArray()));
        assertThat(back.toByteArray()).isEqualTo(model);
    }

    @Test
    void aModelThatIsNotWhatItSaysIsRefusedAndLeavesNothing() throws IOException {
        start(true);
        byte[] model = {1, 2, 3};

        assertRefused(header(Digests.of(new byte[] {9}), 3), model, "the bytes have");
        assertRefused(header(Digests.of(model), 2), model, "more than the 2 bytes");
        assertRefused(header(Digests.of(model), 4), model, "3 bytes came");
        assertRefused(header("sha256:../../etc", 3), model, "expected sha256:");
        assertRefused(header(Digests.of(model), 1L << 40), model, "at most");

        try (var left = Files.list(data.resolve("registry").resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
        assertThatThrownBy(() -> stub().getModel(GetModelRequest.newBuilder()
                                .setDigest(Digests.of(model))
                                .build())
                        .hasNext())
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void onANetworkItDoesNotStartWithoutCertificates() {
        assertThatThrownBy(() -> RegistryApplication.builder()
                        .run(
                                "--pinfactory.data-dir=" + data,
                                "--spring.grpc.server.address=0.0.0.0",
                                "--spring.grpc.server.port=0"))
                .rootCause()
                .hasMessageContaining("pinfactory.tls.certificate");
    }

    private void start(boolean inProcess) {
        List<String> arguments = new ArrayList<>(List.of("--pinfactory.data-dir=" + data));
        if (inProcess) {
            address = "inprocess:registry-" + data.getFileName();
            arguments.add("--spring.grpc.server.inprocess.name=" + address.substring("inprocess:".length()));
        } else {
            arguments.add("--spring.grpc.server.port=0");
        }
        registry = RegistryApplication.builder().run(arguments.toArray(String[]::new));
        GrpcServerProperties server = registry.getBean(GrpcServerProperties.class);
        assertThat(server.getKeepalive().getPermit().getTime()).isLessThan(Channels.KEEP_ALIVE);
        assertThat(server.getInbound().getMessage().getMaxSize().toBytes()).isEqualTo(Channels.MAX_MESSAGE_BYTES);
        assertThat(server.getInbound().getMetadata().getMaxSize().toBytes()).isEqualTo(Channels.MAX_METADATA_BYTES);
        if (!inProcess) {
            address = "127.0.0.1:" + registry.getBean(GrpcServerLifecycle.class).getPort();
        }
    }

    private Registration register(String instance, String id) {
        return Registration.start(
                channels,
                address,
                List.of(TestingCards.card(id, "1.0.0")),
                TestingCards.endpoint(instance),
                Duration.ofSeconds(10));
    }

    private void move(String id, State to, int weight) {
        stub().setVersionState(SetVersionStateRequest.newBuilder()
                .setSpecialist(id)
                .setVersion("1.0.0")
                .setState(to)
                .setWeightPercent(weight)
                .setActor("ada")
                .setReason("test")
                .build());
    }

    private RegistryServiceGrpc.RegistryServiceBlockingStub stub() {
        return RegistryServiceGrpc.newBlockingStub(channels.channel(address))
                .withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static ModelHeader header(String digest, long size) {
        return ModelHeader.newBuilder().setDigest(digest).setSizeBytes(size).build();
    }

    private void assertRefused(ModelHeader header, byte[] model, String why) {
        assertThatThrownBy(() -> put(header, model))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining(why);
    }

    private PutModelResponse put(ModelHeader header, byte[] model) throws Exception {
        var answer = new CompletableFuture<PutModelResponse>();
        StreamObserver<PutModelRequest> upload = RegistryServiceGrpc.newStub(channels.channel(address))
                .withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS)
                .putModel(new StreamObserver<>() {
                    @Override
                    public void onNext(PutModelResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        answer.completeExceptionally(error);
                    }

                    @Override
                    public void onCompleted() {}
                });
        upload.onNext(PutModelRequest.newBuilder().setHeader(header).build());
        for (int at = 0; at < model.length; at += 1 << 20) {
            upload.onNext(PutModelRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(model, at, Math.min(1 << 20, model.length - at)))
                    .build());
        }
        upload.onCompleted();
        return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
