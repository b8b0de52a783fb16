package dev.pinfactory.specialists.sdk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.DescribeRequest;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc.SpecialistServiceBlockingStub;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.specialists.sdk.Shift;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.Vowels;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

class SpecialistAutoConfigurationTest {
    private final Channels channels = new Channels();
    private TestingRegistry registry;
    private String registryAddress;

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
            assertThat(health(host, "")).isEqualTo(ServingStatus.SERVING);
            assertThat(health(host, "vowels")).isEqualTo(ServingStatus.SERVING);
            await().atMost(Duration.ofSeconds(10)).until(() -> registry.registrations.size() == 1);
            assertThat(registry.registrations.getFirst().getEndpoint().getAddress())
                    .isEqualTo(address(host));
            assertThat(registry.registrations.getFirst().getCardsList()).hasSize(2);
        }
        assertThat(registry.deregistrations).containsExactly("lease-1");
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
                .properties("pinfactory.host.registry-address=" + registryAddress, "pinfactory.host.drain-delay=1ms")
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
