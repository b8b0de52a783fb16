package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.orchestrator.standalone.LocalSwarm;
import dev.pinfactory.orchestrator.standalone.LocalSwarmOptions;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import dev.pinfactory.registry.service.RegistryApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A swarm on the data of an older one. */
class UpgradeIT {
    private static final String NUMBER_OF_NOW = "1.0.0";

    @TempDir
    private Path data;

    @Test
    void aSwarmWhoseSpecialistsTheRegistryRefusesDoesNotStartAndSaysWhy() throws Exception {
        publish("sentiment", NUMBER_OF_NOW);

        assertThatThrownBy(() -> LocalSwarm.start(LocalSwarmOptions.onFreePorts(data)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sentiment")
                .hasMessageContaining("is published with another model");
    }

    @Test
    void aNewerNumberTakesThePlaceOfTheOlder() throws Exception {
        publish("sentiment", "0.9.0");

        try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.onFreePorts(data));
                Channels channels = new Channels()) {
            TaskResult result = SwarmServiceGrpc.newBlockingStub(channels.channel(swarm.grpcAddress()))
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .runTask(RunTaskRequest.newBuilder()
                            .setTask(Task.newBuilder()
                                    .setInstruction("Is this review positive or negative?")
                                    .addInputs(Artifact.newBuilder()
                                            .setName("review")
                                            .setType("text")
                                            .setText("What a lovely place, and the food was superb.")))
                            .build())
                    .getResult();

            assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
            assertThat(result.getOutput().toString()).contains("positive");
        }
    }

    /** As an older swarm did. */
    private void publish(String id, String number) throws InterruptedException {
        String name = "registry-of-before";
        Card card = Card.newBuilder()
                .setContract(Contract.newBuilder()
                        .setId(id)
                        .setCapability("classify.sentiment")
                        .setSummary("As it was before.")
                        .setDescription("As it was before.")
                        .addExamples("Is this review positive or negative?")
                        .setKind(Contract.Kind.MODEL)
                        .setIdempotent(true)
                        .addInputs(Port.newBuilder().setName("text").setType("text"))
                        .addOutputs(Port.newBuilder().setName("sentiment").setType("labels")))
                .setVersion(Version.newBuilder().setNumber(number).setModelDigest("sha256:" + "0".repeat(64)))
                .build();
        try (ConfigurableApplicationContext registry = RegistryApplication.builder()
                        .properties("spring.grpc.server.inprocess.name=" + name, "pinfactory.data-dir=" + data)
                        .run("--spring.grpc.server.port=0");
                Channels channels = new Channels();
                Registration registration = Registration.start(
                        channels,
                        "inprocess:" + name,
                        List.of(card),
                        Endpoint.newBuilder()
                                .setAddress("127.0.0.1:1")
                                .setInstance("before")
                                .build(),
                        Duration.ofSeconds(15))) {
            assertThat(registration.awaitRegistered(Duration.ofSeconds(20))).isTrue();
            assertThat(registry.isActive()).isTrue();
        }
    }
}
