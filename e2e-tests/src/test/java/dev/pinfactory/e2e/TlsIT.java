package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pinfactory.faults.identity.CertificateAuthority;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.ListEntriesRequest;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.peers.PeerTls;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All roles with certificates, as an operator sets them up: a task runs through them, and each lets in whom it should. */
class TlsIT {
    @TempDir
    Path folder;

    private final CertificateAuthority authority = new CertificateAuthority();
    private PeerTls operator;
    private Channels operators;
    private ProcessSwarm swarm;

    @BeforeEach
    void start() throws Exception {
        for (ProcessSwarm.Role role : ProcessSwarm.Role.values()) {
            authority.issue("spiffe://acme/" + role.word()).write(certificates(role.word()), authority);
        }
        operator = tls("operator");
        operators = PeerTls.channels(operator);
        swarm = ProcessSwarm.start(folder, this::properties, this::isHealthy);
    }

    @AfterEach
    void stop() {
        swarm.close();
        operators.close();
        operator.close();
    }

    private Path certificates(String name) {
        return folder.resolve("certificates").resolve(name);
    }

    private PeerTls tls(String identity) throws Exception {
        Path files = certificates(identity);
        authority.issue("spiffe://acme/" + identity).write(files, authority);
        return new PeerTls(
                files.resolve("certificate.pem"),
                files.resolve("key.pem"),
                files.resolve("authorities.pem"),
                "acme",
                Duration.ofSeconds(10));
    }

    private List<String> properties(ProcessSwarm.Role role) {
        Path files = certificates(role.word());
        return List.of(
                "pinfactory.tls.certificate=" + files.resolve("certificate.pem"),
                "pinfactory.tls.private-key=" + files.resolve("key.pem"),
                "pinfactory.tls.authorities=" + files.resolve("authorities.pem"),
                "pinfactory.tls.trust-domain=acme");
    }

    /** The orchestrator's own callers have tokens, and here on loopback not even these. */
    private boolean isHealthy(String address) {
        return Health.isServing(operators.channel(address)) || Health.isServing(address);
    }

    private static Status.Code code(Runnable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        return failure == null ? Status.Code.OK : failure.getStatus().getCode();
    }

    private Status.Code register(Channels as, String id) {
        return code(() -> RegistryServiceGrpc.newBlockingStub(as.channel(swarm.address(ProcessSwarm.Role.REGISTRY)))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .register(RegisterRequest.newBuilder()
                        .addCards(Card.newBuilder()
                                .setContract(Contract.newBuilder().setId(id)))
                        .setEndpoint(
                                Endpoint.newBuilder().setAddress("127.0.0.1:1").setInstance("a"))
                        .build()));
    }

    private Status.Code infer(Channels as) {
        return code(() -> SpecialistServiceGrpc.newBlockingStub(as.channel(swarm.address(ProcessSwarm.Role.HOST)))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .infer(InferRequest.getDefaultInstance()));
    }

    private Status.Code plan(Channels as) {
        return code(() -> RouterServiceGrpc.newBlockingStub(as.channel(swarm.address(ProcessSwarm.Role.ROUTER)))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .plan(PlanRequest.getDefaultInstance()));
    }

    @Test
    void aTaskRunsAndEachRoleLetsInWhomItShould() throws Exception {
        TaskResult result = swarm.stub()
                .runTask(RunTaskRequest.newBuilder()
                        .setTask(Task.newBuilder()
                                .setInstruction("Which language is this note written in?")
                                .addInputs(Artifact.newBuilder()
                                        .setName("note")
                                        .setType("text")
                                        .setText("Der Zug nach München hatte gestern zwei Stunden Verspätung.")))
                        .build())
                .getResult();
        assertThat(result.getStatus()).as(result.toString()).isEqualTo(TaskResult.Status.COMPLETE);

        try (PeerTls fraud = tls("specialist/fraud");
                Channels specialist = PeerTls.channels(fraud);
                Channels plain = PeerTls.channels(null)) {
            assertThat(infer(plain)).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(plan(plain)).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(register(plain, "fraud")).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(infer(specialist)).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(plan(specialist)).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(register(specialist, "risk")).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(register(specialist, "fraud"))
                    .as("its own, whose card is empty")
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(code(() -> RegistryServiceGrpc.newBlockingStub(
                                    specialist.channel(swarm.address(ProcessSwarm.Role.REGISTRY)))
                            .listEntries(ListEntriesRequest.newBuilder()
                                    .setIncludeEndpoints(true)
                                    .build())))
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(infer(operators)).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }
}
