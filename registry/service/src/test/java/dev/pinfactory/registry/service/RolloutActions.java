package dev.pinfactory.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Gate;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.ListRolloutsRequest;
import dev.pinfactory.proto.v1.ModelHeader;
import dev.pinfactory.proto.v1.PublishVersionRequest;
import dev.pinfactory.proto.v1.PutModelRequest;
import dev.pinfactory.proto.v1.PutModelResponse;
import dev.pinfactory.proto.v1.RecordJudgementRequest;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.RolloutStage;
import dev.pinfactory.proto.v1.SetVersionStateRequest;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.proto.v1.VersionCounters;
import dev.pinfactory.registry.client.Channels;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a learner, a host, an orchestrator and an operator do with one registry. */
record RolloutActions(Channels channels, String address) {
    static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] MODEL = {1, 2, 3};

    RolloutStage stage(String number) {
        return stub()
                .listRollouts(
                        ListRolloutsRequest.newBuilder().setSpecialist("mood").build())
                .getStagesList()
                .stream()
                .filter(stage -> stage.getVersion().equals(number))
                .findFirst()
                .orElseThrow();
    }

    static VersionCounters counters(String number, long calls, long failures) {
        return VersionCounters.newBuilder()
                .setSpecialist("mood")
                .setVersion(number)
                .setCounters(Counters.newBuilder().setCalls(calls).setFailures(failures))
                .build();
    }

    /** What registers first becomes champion where it is admitted at once. */
    void champion() {
        register();
    }

    /** Its lease. */
    String register() {
        return stub().register(RegisterRequest.newBuilder()
                        .addCards(TestingCards.card("mood", "1.0.0"))
                        .setEndpoint(TestingCards.endpoint("a"))
                        .setLease(com.google.protobuf.Duration.newBuilder().setSeconds(300))
                        .build())
                .getLeaseId();
    }

    void publish(String number) throws Exception {
        putModel();
        assertThat(stub().publishVersion(PublishVersionRequest.newBuilder()
                                .setSpecialist("mood")
                                .setContractDigest(contractDigest())
                                .setVersion(version(number))
                                .build())
                        .getExisted())
                .isFalse();
    }

    void judge(String number, boolean passed) {
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

    void move(String number, State to, int weight) {
        stub().setVersionState(SetVersionStateRequest.newBuilder()
                .setSpecialist("mood")
                .setVersion(number)
                .setState(to)
                .setWeightPercent(weight)
                .setActor("ada")
                .setReason("test")
                .build());
    }

    RegistryServiceGrpc.RegistryServiceBlockingStub stub() {
        return RegistryServiceGrpc.newBlockingStub(channels.channel(address))
                .withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static String contractDigest() {
        return Digests.of(TestingCards.contract("mood"));
    }

    static Version version(String number) {
        return TestingCards.card("mood", number).getVersion().toBuilder()
                .setModelDigest(Digests.of(MODEL))
                .setModelBytes(MODEL.length)
                .build();
    }

    void putModel() throws Exception {
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
