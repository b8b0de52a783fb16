package dev.pinfactory.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.AuditEntry;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.Gate;
import dev.pinfactory.proto.v1.GetJudgementRequest;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.ListAuditRequest;
import dev.pinfactory.proto.v1.ListRolloutsRequest;
import dev.pinfactory.proto.v1.ModelHeader;
import dev.pinfactory.proto.v1.PublishVersionRequest;
import dev.pinfactory.proto.v1.PutModelRequest;
import dev.pinfactory.proto.v1.PutModelResponse;
import dev.pinfactory.proto.v1.RecordJudgementRequest;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.RollBackRequest;
import dev.pinfactory.proto.v1.RolloutStage;
import dev.pinfactory.proto.v1.SetVersionStateRequest;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.proto.v1.VersionCounters;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A version's way through the whole registry, as learner, orchestrator and operator see it. */
class RolloutServiceTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] MODEL = {1, 2, 3};

    private final Channels channels = new Channels();
    private final List<ConfigurableApplicationContext> registries = new ArrayList<>();

    @TempDir
    private Path data;

    private String address;

    @AfterEach
    void stop() {
        channels.close();
        registries.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void aVersionIsPublishedJudgedTriedAndRolledBackAndTheLogSaysSo() throws Exception {
        start();
        champion();
        publish("2.0.0");
        judge("2.0.0", true);
        move("2.0.0", State.CANARY, 10);
        var report = ReportOutcomesRequest.newBuilder()
                .setReporter("orchestrator-1")
                .setSequence(1)
                .addOutcomes(counters("2.0.0", 4, 2))
                .build();
        assertThat(stub().reportOutcomes(report).getCounted()).isTrue();
        assertThat(stub().reportOutcomes(report).getCounted()).isFalse();

        Entry entry = stub().rollBack(RollBackRequest.newBuilder()
                        .setSpecialist("mood")
                        .setVersion("2.0.0")
                        .setActor("ada")
                        .setReason("half of it fails")
                        .build())
                .getEntry();

        assertThat(entry.getVersionsList())
                .extracting(VersionEntry::getState)
                .containsExactly(State.CHAMPION, State.REJECTED);
        var first =
                stub().listAudit(ListAuditRequest.newBuilder().setPageSize(2).build());
        assertThat(first.getEntriesList()).extracting(AuditEntry::getTo).containsExactly(State.REJECTED, State.CANARY);
        assertThat(first.getEntries(0).getStage().getOwn().getFailures()).isEqualTo(2);
        var second = stub().listAudit(ListAuditRequest.newBuilder()
                .setPageToken(first.getNextPageToken())
                .build());
        assertThat(second.getEntriesList()).extracting(AuditEntry::getTo).containsExactly(State.CHAMPION);
        assertThat(second.getNextPageToken()).isEmpty();
        var judgement = stub().getJudgement(GetJudgementRequest.newBuilder()
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
        champion();
        publish("2.0.0");
        judge("2.0.0", true);

        await().atMost(SOON).until(() -> stage("2.0.0").getState() == State.SHADOW);
        assertThat(stage("2.0.0")).satisfies(stage -> {
            assertThat(stage.getWaitsFor()).isEqualTo("a host that serves it");
            assertThat(stage.getRival()).isEqualTo("1.0.0");
        });
        stub().register(RegisterRequest.newBuilder()
                .addCards(Card.newBuilder()
                        .setContract(TestingCards.contract("mood"))
                        .setVersion(version("2.0.0")))
                .setEndpoint(TestingCards.endpoint("host"))
                .setLease(com.google.protobuf.Duration.newBuilder().setSeconds(300))
                .build());
        assertThat(stage("2.0.0").getWaitsForPerson()).isTrue();
        assertThat(stage("2.0.0").getWaitsFor()).contains("a person to make it CANARY");

        move("2.0.0", State.CANARY, 10);
        stub().reportOutcomes(ReportOutcomesRequest.newBuilder()
                .setReporter("orchestrator-1")
                .setSequence(1)
                .addOutcomes(counters("1.0.0", 120, 0))
                .addOutcomes(counters("2.0.0", 14, 7))
                .build());

        await().atMost(SOON)
                .until(() -> stub().listRollouts(ListRolloutsRequest.getDefaultInstance())
                                .getStagesCount()
                        == 0);
        AuditEntry last =
                stub().listAudit(ListAuditRequest.getDefaultInstance()).getEntries(0);
        assertThat(last.getTo()).isEqualTo(State.REJECTED);
        assertThat(last.getReason()).contains("failed 7 of 14 times, the champion 0 of 120");
    }

    private RolloutStage stage(String number) {
        return stub()
                .listRollouts(
                        ListRolloutsRequest.newBuilder().setSpecialist("mood").build())
                .getStagesList()
                .stream()
                .filter(stage -> stage.getVersion().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private static VersionCounters counters(String number, long calls, long failures) {
        return VersionCounters.newBuilder()
                .setSpecialist("mood")
                .setVersion(number)
                .setCounters(Counters.newBuilder().setCalls(calls).setFailures(failures))
                .build();
    }

    @Test
    void refusalsNameTheField() {
        start();
        champion();

        assertThatThrownBy(() -> stub().publishVersion(PublishVersionRequest.newBuilder()
                        .setSpecialist("mood")
                        .setContractDigest(contractDigest())
                        .setVersion(version("2.0.0"))
                        .build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    var error = Errors.fromGrpc(e);
                    assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
                    assertThat(error.violations().getFirst().field()).isEqualTo("version.model_digest");
                });
        assertThatThrownBy(() -> stub().getJudgement(GetJudgementRequest.newBuilder()
                        .setSpecialist("mood")
                        .setVersion("1.0.0")
                        .build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
        assertThatThrownBy(() -> stub().listAudit(
                                ListAuditRequest.newBuilder().setPageSize(501).build()))
                .hasMessageContaining("page_size");
        assertThatThrownBy(() -> stub().listAudit(
                                ListAuditRequest.newBuilder().setPageToken("x").build()))
                .hasMessageContaining("page_token");
    }

    private void start(String... settings) {
        address = "inprocess:rollout-" + data.getFileName() + "-" + registries.size();
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--pinfactory.data-dir=" + data);
        arguments.add("--spring.grpc.server.inprocess.name=" + address.substring("inprocess:".length()));
        registries.add(RegistryApplication.builder().run(arguments.toArray(String[]::new)));
    }

    private void champion() {
        stub().register(RegisterRequest.newBuilder()
                .addCards(TestingCards.card("mood", "1.0.0"))
                .setEndpoint(TestingCards.endpoint("a"))
                .setLease(com.google.protobuf.Duration.newBuilder().setSeconds(300))
                .build());
    }

    private void publish(String number) throws Exception {
        putModel();
        assertThat(stub().publishVersion(PublishVersionRequest.newBuilder()
                                .setSpecialist("mood")
                                .setContractDigest(contractDigest())
                                .setVersion(version(number))
                                .build())
                        .getExisted())
                .isFalse();
    }

    private void judge(String number, boolean passed) {
        stub().recordJudgement(RecordJudgementRequest.newBuilder()
                .setSpecialist("mood")
                .setVersion(number)
                .setJudgement(Judgement.newBuilder()
                        .setChampion("1.0.0")
                        .setPassed(passed)
                        .setJudge("learner-1")
                        .addGates(Gate.newBuilder().setName("macro-f1").setPassed(passed)))
                .setReportHtml("x".repeat(4 << 20))
                .build());
    }

    private void move(String number, State to, int weight) {
        stub().setVersionState(SetVersionStateRequest.newBuilder()
                .setSpecialist("mood")
                .setVersion(number)
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

    private static String contractDigest() {
        return Digests.of(TestingCards.contract("mood"));
    }

    private static Version version(String number) {
        return TestingCards.card("mood", number).getVersion().toBuilder()
                .setModelDigest(Digests.of(MODEL))
                .setModelBytes(MODEL.length)
                .build();
    }

    private void putModel() throws Exception {
        var answer = new CompletableFuture<PutModelResponse>();
        StreamObserver<PutModelRequest> upload = RegistryServiceGrpc.newStub(channels.channel(address))
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
        upload.onNext(PutModelRequest.newBuilder()
                .setHeader(ModelHeader.newBuilder().setDigest(Digests.of(MODEL)).setSizeBytes(MODEL.length))
                .build());
        upload.onNext(PutModelRequest.newBuilder()
                .setChunk(ByteString.copyFrom(MODEL))
                .build());
        upload.onCompleted();
        answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
