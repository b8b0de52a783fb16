package dev.pinfactory.specialists.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.DescribeRequest;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc.SpecialistServiceBlockingStub;
import dev.pinfactory.registry.client.Channels;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ConfigurableApplicationContext;

class HostApplicationTest {
    @Test
    void servesWhatTheClassPathAnnouncesWithTheSharedEncoder() {
        String name = "host-application-test";
        try (ConfigurableApplicationContext host = HostApplication.builder()
                        .properties(
                                "spring.grpc.server.inprocess.name=" + name,
                                "pinfactory.host.register=false",
                                "pinfactory.host.specialists=encoder-user")
                        .run();
                Channels channels = new Channels()) {
            assertThat(host.getEnvironment().getProperty("spring.application.name"))
                    .as("what its traces and logs say they come from")
                    .isEqualTo("pinfactory-host");
            GrpcServerProperties server = host.getBean(GrpcServerProperties.class);
            assertThat(server.getKeepalive().getPermit().getTime()).isLessThan(Channels.KEEP_ALIVE);
            assertThat(server.getInbound().getMessage().getMaxSize().toBytes()).isEqualTo(Channels.MAX_MESSAGE_BYTES);
            assertThat(server.getInbound().getMetadata().getMaxSize().toBytes()).isEqualTo(Channels.MAX_METADATA_BYTES);
            assertThat(host.getBean(SentenceEncoder.class)).isInstanceOf(RememberingEncoder.class);
            SpecialistServiceBlockingStub stub = SpecialistServiceGrpc.newBlockingStub(
                            channels.channel(Channels.IN_PROCESS + name))
                    .withDeadlineAfter(30, TimeUnit.SECONDS);
            assertThat(stub.describe(DescribeRequest.getDefaultInstance()).getCardsList())
                    .extracting(card -> card.getContract().getId())
                    .containsExactly("encoder-user");
            InferRequest request = InferRequest.newBuilder()
                    .setSpecialist("encoder-user")
                    .addInputs(Artifact.newBuilder()
                            .setName("text")
                            .setType("text")
                            .setText("x"))
                    .build();
            assertThat(stub.infer(request).getOutputs().getArtifacts(0).getText())
                    .isEqualTo(SentenceEncoder.shared().digest())
                    .startsWith("encoder@sha256:");
        }
    }
}
