package dev.pinfactory.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.AuditEntry;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.DeregisterRequest;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.GetJudgementRequest;
import dev.pinfactory.proto.v1.ListAuditRequest;
import dev.pinfactory.proto.v1.ListAuditResponse;
import dev.pinfactory.proto.v1.ListRolloutsRequest;
import dev.pinfactory.proto.v1.ListRolloutsResponse;
import dev.pinfactory.proto.v1.PublishVersionRequest;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.RollBackRequest;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A version's way through the whole registry, as learner, orchestrator and operator see it. */
class RolloutServiceTest {
    private final Channels channels = new Channels();
    private final List<ConfigurableApplicationContext> registries = new ArrayList<>();

    @TempDir
    private Path data;

    private RolloutActions swarm;

    @AfterEach
    void stop() {
        channels.close();
        registries.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void aVersionIsPublishedJudgedTriedAndRolledBackAndTheLogSaysSo() throws Exception {
        start();
        swarm.champion();
        swarm.publish("2.0.0");
        swarm.judge("2.0.0", true);
        swarm.move("2.0.0", State.CANARY, 10);
        var report = ReportOutcomesRequest.newBuilder()
                .setReporter("orchestrator-1")
                .setSequence(1)
                .addOutcomes(RolloutActions.counters("2.0.0", 4, 2))
                .build();
        assertThat(swarm.stub().reportOutcomes(report).getCounted()).isTrue();
        assertThat(swarm.stub().reportOutcomes(report).getCounted()).isFalse();

        Entry entry = swarm.stub()
                .rollBack(RollBackRequest.newBuilder()
                        .setSpecialist("mood")
                        .setVersion("2.0.0")
                        .setActor("ada")
                        .setReason("half of it fails")
                        .build())
                .getEntry();

        assertThat(entry.getVersionsList())
                .extracting(VersionEntry::getState)
                .containsExactly(State.CHAMPION, State.REJECTED);
        var first = swarm.stub()
                .listAudit(ListAuditRequest.newBuilder().setPageSize(2).build());
        assertThat(first.getEntriesList()).extracting(AuditEntry::getTo).containsExactly(State.REJECTED, State.CANARY);
        assertThat(first.getEntries(0).getStage().getOwn().getFailures()).isEqualTo(2);
        var second = swarm.stub()
                .listAudit(ListAuditRequest.newBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertThat(second.getEntriesList()).extracting(AuditEntry::getTo).containsExactly(State.CHAMPION);
        assertThat(second.getNextPageToken()).isEmpty();
        var judgement = swarm.stub()
                .getJudgement(GetJudgementRequest.newBuilder()
                        .setSpecialist("mood")
                        .setVersion("2.0.0")
                        .setIncludeReport(true)
                        .build());
        assertThat(judgement.getReportHtml()).hasSize(4 << 20);
        assertThat(judgement.getJudgement().getPassed()).isTrue();
    }

    @Test
    void itMovesByItselfAndSaysWhatItWaitsFor() throws Exception {
        start(
                "--pinfactory.registry.rollout.specialists.mood.approval=CANARY",
                "--pinfactory.registry.rollout.shadow-calls=0",
                "--pinfactory.registry.rollout.shortest=0s");
        swarm.champion();
        swarm.publish("2.0.0");
        swarm.judge("2.0.0", true);

        await().atMost(RolloutActions.SOON).until(() -> swarm.stage("2.0.0").getState() == State.SHADOW);
        assertThat(swarm.stage("2.0.0")).satisfies(stage -> {
            assertThat(stage.getWaitsFor()).isEqualTo("a host that serves it");
            assertThat(stage.getRival()).isEqualTo("1.0.0");
        });
        swarm.stub()
                .register(RegisterRequest.newBuilder()
                        .addCards(Card.newBuilder()
                                .setContract(TestingCards.contract("mood"))
                                .setVersion(RolloutActions.version("2.0.0")))
                        .setEndpoint(TestingCards.endpoint("host"))
                        .setLease(com.google.protobuf.Duration.newBuilder().setSeconds(300))
                        .build());
        assertThat(swarm.stage("2.0.0").getWaitsForPerson()).isTrue();
        assertThat(swarm.stage("2.0.0").getWaitsFor()).contains("a person to make it CANARY");

        swarm.move("2.0.0", State.CANARY, 10);
        swarm.stub()
                .reportOutcomes(ReportOutcomesRequest.newBuilder()
                        .setReporter("orchestrator-1")
                        .setSequence(1)
                        .addOutcomes(RolloutActions.counters("1.0.0", 120, 0))
                        .addOutcomes(RolloutActions.counters("2.0.0", 14, 7))
                        .build());

        await().atMost(RolloutActions.SOON)
                .until(() -> swarm.stub()
                                .listRollouts(ListRolloutsRequest.getDefaultInstance())
                                .getStagesCount()
                        == 0);
        AuditEntry last =
                swarm.stub().listAudit(ListAuditRequest.getDefaultInstance()).getEntries(0);
        assertThat(last.getTo()).isEqualTo(State.REJECTED);
        assertThat(last.getReason()).contains("failed 7 of 14 times, the champion 0 of 120");
    }

    @Test
    void aSpecialistThatNobodyKnowsHasNoRolloutsAndNoLog() {
        start();
        swarm.champion();

        assertNobodyKnows("nobody", () -> rollouts("nobody"));
        assertNobodyKnows("nobody", () -> log("nobody"));
    }

    @Test
    void theLogOfASpecialistThatWasRemovedIsReadOn() {
        start(
                "--pinfactory.registry.admit-at-once=false",
                "--pinfactory.registry.absence=1ms",
                "--pinfactory.registry.forget-after=1ms",
                "--pinfactory.registry.sweep-interval=50ms");
        String lease = swarm.register();
        swarm.move("1.0.0", State.REJECTED, 0);
        swarm.move("1.0.0", State.CANDIDATE, 0);
        swarm.stub().deregister(DeregisterRequest.newBuilder().setLeaseId(lease).build());

        await().atMost(RolloutActions.SOON).untilAsserted(() -> assertNobodyKnows("mood", () -> rollouts("mood")));
        assertThat(log("mood").getEntriesList())
                .extracting(AuditEntry::getTo)
                .containsExactly(State.CANDIDATE, State.REJECTED);
    }

    private ListRolloutsResponse rollouts(String specialist) {
        return swarm.stub()
                .listRollouts(ListRolloutsRequest.newBuilder()
                        .setSpecialist(specialist)
                        .build());
    }

    private ListAuditResponse log(String specialist) {
        return swarm.stub()
                .listAudit(
                        ListAuditRequest.newBuilder().setSpecialist(specialist).build());
    }

    private static void assertNobodyKnows(String specialist, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(e.getStatus().getDescription()).isEqualTo("there is no specialist '" + specialist + "'");
        });
    }

    @Test
    void refusalsNameTheField() {
        start();
        swarm.champion();

        assertThatThrownBy(() -> swarm.stub()
                        .publishVersion(PublishVersionRequest.newBuilder()
                                .setSpecialist("mood")
                                .setContractDigest(RolloutActions.contractDigest())
                                .setVersion(RolloutActions.version("2.0.0"))
                                .build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    var error = Errors.fromGrpc(e);
                    assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
                    assertThat(error.violations().getFirst().field()).isEqualTo("version.model_digest");
                });
        assertThatThrownBy(() -> swarm.stub()
                        .getJudgement(GetJudgementRequest.newBuilder()
                                .setSpecialist("mood")
                                .setVersion("1.0.0")
                                .build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
        assertThatThrownBy(() -> swarm.stub()
                        .listAudit(
                                ListAuditRequest.newBuilder().setPageSize(501).build()))
                .hasMessageContaining("page_size");
        assertThatThrownBy(() -> swarm.stub()
                        .listAudit(
                                ListAuditRequest.newBuilder().setPageToken("x").build()))
                .hasMessageContaining("page_token");
    }

    private void start(String... settings) {
        String address = "inprocess:rollout-" + data.getFileName();
        swarm = new RolloutActions(channels, address);
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--pinfactory.data-dir=" + data);
        arguments.add("--spring.grpc.server.inprocess.name=" + address.substring("inprocess:".length()));
        registries.add(RegistryApplication.builder().run(arguments.toArray(String[]::new)));
    }
}
