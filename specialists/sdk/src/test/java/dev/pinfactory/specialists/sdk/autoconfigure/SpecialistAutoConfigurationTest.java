package dev.pinfactory.specialists.sdk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.DescribeRequest;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc.SpecialistServiceBlockingStub;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.specialists.sdk.Shift;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.Vowels;
import dev.pinfactory.specialists.sdk.grant.Grant;
import dev.pinfactory.specialists.sdk.grant.GrantKeys;
import dev.pinfactory.specialists.sdk.grant.GrantSigner;
import dev.pinfactory.specialists.sdk.serving.GrantInterceptor;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

class SpecialistAutoConfigurationTest {
    private final Channels channels = new Channels();
    private TestingRegistry registry;
    private String registryAddress;

    @TempDir
    private Path data;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class TwoSpecialists {
        @Bean
        Vowels vowels() {
            return new Vowels();
        }

        @Bean
        @Specialist(card = "shift.yaml", model = "shift.bin")
        Shift shift() {
            return new Shift();
        }
    }

    @BeforeEach
    void startRegistry() throws Exception {
        registry = new TestingRegistry();
        registryAddress = registry.address();
    }

    @AfterEach
    void stop() {
        channels.close();
        registry.close();
    }

    @Test
    void annotatedBeansAreServedHealthyAndRegistered() {
        try (ConfigurableApplicationContext host = start()) {
            assertThat(stub(host).describe(DescribeRequest.getDefaultInstance()).getCardsList())
                    .extracting(card -> card.getContract().getId())
                    .containsExactlyInAnyOrder("vowels", "shift");
            assertThat(stub(host).infer(text("vowels", "banana")).getOutputs().getArtifacts(0))
                    .isEqualTo(Vowels.score("count", 3));
            awaitHealth(host, ServingStatus.SERVING);
            assertThat(health(host, "vowels")).isEqualTo(ServingStatus.SERVING);
            await().atMost(Duration.ofSeconds(10)).until(() -> registry.registrations.size() == 1);
            assertThat(registry.registrations.getFirst().getEndpoint().getAddress())
                    .isEqualTo(address(host));
            assertThat(registry.registrations.getFirst().getCardsList()).hasSize(2);
        }
        assertThat(registry.deregistrations).containsExactly("lease-1");
    }

    @Test
    void aHostThatTheRegistryRefusesIsNotHealthyUntilItIsTaken() {
        registry.refusal = Status.ALREADY_EXISTS.withDescription("published with another model");
        try (ConfigurableApplicationContext host = start()) {
            HostRegistration registration = host.getBean(HostRegistration.class);
            assertThatThrownBy(() -> registration.awaitRegistered(Duration.ofSeconds(10)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("published with another model");
            awaitHealth(host, ServingStatus.NOT_SERVING);
            assertThat(health(host, "vowels")).isEqualTo(ServingStatus.SERVING);

            registry.refusal = null;
            awaitHealth(host, ServingStatus.SERVING);
        }
    }

    @Test
    void processorTimeAndBytesAreReported() {
        try (ConfigurableApplicationContext host = start()) {
            InferRequest request = text("vowels", "e".repeat(1_000_000));
            InferResponse response = stub(host).infer(request);
            assertThat(response.getCost().getCpuSeconds()).isBetween(1e-6, 5.0);
            assertThat(response.getCost().getBytesIn()).isEqualTo(request.getSerializedSize());
            assertThat(response.getCost().getBytesOut()).isPositive();
        }
    }

    @Test
    void onlyNamedSpecialistsAreServed() {
        try (ConfigurableApplicationContext host = start("--pinfactory.host.specialists=vowels")) {
            assertThat(stub(host).describe(DescribeRequest.getDefaultInstance()).getCardsList())
                    .extracting(card -> card.getContract().getId())
                    .containsExactly("vowels");
        }
    }

    @Test
    void aNamedSpecialistThatIsMissingStopsTheStart() {
        assertThatThrownBy(() -> start("--pinfactory.host.specialists=vowels,weather"))
                .rootCause()
                .hasMessageContaining("weather");
    }

    @Test
    void strangersMayNotCallWithoutAuthentication() {
        assertThatThrownBy(() -> start("--spring.grpc.server.address=0.0.0.0"))
                .rootCause()
                .hasMessageContaining("nothing authenticates callers");
    }

    @Test
    void registersWhenTheRegistryComesBack() throws Exception {
        int port = registry.port();
        registry.close();
        try (ConfigurableApplicationContext host = start()) {
            assertThat(stub(host).infer(text("vowels", "tea")).hasOutputs()).isTrue();
            registry = new TestingRegistry(port);
            await().atMost(Duration.ofSeconds(20)).until(() -> registry.registrations.size() == 1);
        }
    }

    @Test
    void aVersionThatTheRolloutWantsIsFetchedServedAndRegistered() {
        byte[] model = "42".getBytes(StandardCharsets.US_ASCII);
        String digest = Digests.of(model);
        registry.models.put(digest, model);
        try (ConfigurableApplicationContext host = start()) {
            Contract contract = stub(host).describe(DescribeRequest.getDefaultInstance()).getCardsList().stream()
                    .map(Card::getContract)
                    .filter(served -> served.getId().equals("shift"))
                    .findFirst()
                    .orElseThrow();
            registry.publish(entry(contract, "2.0.0", digest, Version.State.CANARY));
            InferRequest second =
                    text("shift", "x").toBuilder().setVersion("2.0.0").build();
            await().atMost(Duration.ofSeconds(20)).until(() -> versions(host).contains("2.0.0"));
            assertThat(stub(host).infer(second).getOutputs().getArtifacts(0)).isEqualTo(Vowels.score("number", 42));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> registry.registrations.getLast().getCardsCount() == 3);

            registry.publish(entry(contract, "2.0.0", digest, Version.State.REJECTED));
            await().atMost(Duration.ofSeconds(20)).until(() -> !versions(host).contains("2.0.0"));
        }
    }

    @Test
    void theLastRetiredVersionStaysSinceARollBackNeedsItAtOnce() {
        byte[] model = "42".getBytes(StandardCharsets.US_ASCII);
        String digest = Digests.of(model);
        registry.models.put(digest, model);
        try (ConfigurableApplicationContext host = start()) {
            Contract contract =
                    host.getBean(Specialists.class).find("shift").orElseThrow().contract();
            String own = versions(host).getFirst();
            registry.publish(entries(
                    entry(contract, own, "", Version.State.RETIRED),
                    entry(contract, "2.0.0", digest, Version.State.RETIRED),
                    entry(contract, "3.0.0", digest, Version.State.CHAMPION)));
            await().atMost(Duration.ofSeconds(20)).until(() -> versions(host).contains("3.0.0"));
            assertThat(versions(host)).containsExactly(own, "3.0.0");

            registry.publish(entries(
                    entry(contract, own, "", Version.State.RETIRED),
                    entry(contract, "3.0.0", digest, Version.State.RETIRED),
                    entry(contract, "4.0.0", digest, Version.State.CHAMPION)));
            await().atMost(Duration.ofSeconds(20)).until(() -> versions(host).equals(List.of("3.0.0", "4.0.0")));
        }
    }

    private static Entry entries(Entry first, Entry... others) {
        Entry.Builder all = first.toBuilder();
        for (Entry other : others) {
            all.addAllVersions(other.getVersionsList());
        }
        return all.build();
    }

    @Test
    void aModelThatIsNotWhatItsDigestSaysIsNeverServed() {
        String digest = "sha256:" + "0".repeat(64);
        byte[] good = "42".getBytes(StandardCharsets.US_ASCII);
        registry.models.put(digest, "666".getBytes(StandardCharsets.US_ASCII));
        registry.models.put(Digests.of(good), good);
        try (ConfigurableApplicationContext host = start()) {
            Contract contract =
                    host.getBean(Specialists.class).find("shift").orElseThrow().contract();
            Entry.Builder both = entry(contract, "6.6.6", digest, Version.State.CHAMPION).toBuilder();
            both.addAllVersions(entry(contract, "7.0.0", Digests.of(good), Version.State.CANARY)
                    .getVersionsList());
            registry.publish(both.build());
            // Versions are loaded in order: when the second is there, the first has been refused.
            await().atMost(Duration.ofSeconds(20)).until(() -> versions(host).contains("7.0.0"));
            assertThat(versions(host)).doesNotContain("6.6.6");
        }
    }

    private List<String> versions(ConfigurableApplicationContext host) {
        return stub(host).describe(DescribeRequest.getDefaultInstance()).getCardsList().stream()
                .filter(card -> card.getContract().getId().equals("shift"))
                .map(card -> card.getVersion().getNumber())
                .toList();
    }

    private static Entry entry(Contract contract, String number, String digest, Version.State state) {
        return Entry.newBuilder()
                .setContract(contract)
                .setContractDigest(Digests.of(contract))
                .addVersions(VersionEntry.newBuilder()
                        .setState(state)
                        .setVersion(Version.newBuilder().setNumber(number).setModelDigest(digest)))
                .build();
    }

    @Test
    void grantsAreRequiredWhenSetSo(@TempDir Path directory) throws Exception {
        KeyPair keys = GrantKeys.generate();
        Path pem = Files.writeString(directory.resolve("grants.pem"), GrantKeys.toPem(keys.getPublic()));
        try (ConfigurableApplicationContext host =
                start("--pinfactory.host.grants.required=true", "--pinfactory.host.grants.public-keys=" + pem)) {
            InferRequest request =
                    text("vowels", "tea").toBuilder().setVersion("1.0.0").build();
            assertThatThrownBy(() -> stub(host).infer(request)).hasMessageContaining("no grant");
            Metadata metadata = new Metadata();
            metadata.put(
                    GrantInterceptor.GRANT,
                    new GrantSigner(keys.getPrivate())
                            .sign(Grant.of(request, Instant.now().plusSeconds(60))));
            var granted = stub(host).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
            assertThat(granted.infer(request).hasOutputs()).isTrue();
            assertThatThrownBy(() -> granted.infer(text("vowels", "other").toBuilder()
                            .setVersion("1.0.0")
                            .build()))
                    .hasMessageContaining("another call");
        }
    }

    @Test
    void otherRolesInTheSameProcessServeNothing() {
        try (ConfigurableApplicationContext role = start("--spring.config.name=pinfactory-router")) {
            assertThat(role.getBeansOfType(HostLifecycle.class)).isEmpty();
        }
    }

    @Test
    void inProcessTheAddressIsTheName() {
        try (ConfigurableApplicationContext host = start("--spring.grpc.server.inprocess.name=host-test")) {
            await().atMost(Duration.ofSeconds(10)).until(() -> registry.registrations.size() == 1);
            String address = registry.registrations.getFirst().getEndpoint().getAddress();
            assertThat(address).isEqualTo("inprocess:host-test");
            assertThat(stub(address).infer(text("vowels", "tea")).hasOutputs()).isTrue();
            assertThat(host.getBeansOfType(GrpcServerLifecycle.class)).hasSize(1);
        }
    }

    private ConfigurableApplicationContext start(String... arguments) {
        return SpecialistApplication.builder(TwoSpecialists.class)
                .properties(
                        "pinfactory.host.registry-address=" + registryAddress,
                        "pinfactory.host.drain-delay=1ms",
                        "pinfactory.data-dir=" + data)
                .run(arguments);
    }

    private static String address(ConfigurableApplicationContext host) {
        return "127.0.0.1:" + host.getBean(GrpcServerLifecycle.class).getPort();
    }

    private SpecialistServiceBlockingStub stub(ConfigurableApplicationContext host) {
        return stub(address(host));
    }

    private SpecialistServiceBlockingStub stub(String address) {
        return SpecialistServiceGrpc.newBlockingStub(channels.channel(address)).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private void awaitHealth(ConfigurableApplicationContext host, ServingStatus status) {
        await().atMost(Duration.ofSeconds(20)).until(() -> health(host, "") == status);
    }

    private ServingStatus health(ConfigurableApplicationContext host, String service) {
        return HealthGrpc.newBlockingStub(channels.channel(address(host)))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    static InferRequest text(String specialist, String text) {
        return InferRequest.newBuilder()
                .setSpecialist(specialist)
                .addInputs(Artifact.newBuilder().setName("text").setType("text").setText(text))
                .build();
    }
}
