package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.AuditEntry;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.Gate;
import dev.pinfactory.proto.v1.GetJudgementRequest;
import dev.pinfactory.proto.v1.GetJudgementResponse;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.ListAuditRequest;
import dev.pinfactory.proto.v1.ListAuditResponse;
import dev.pinfactory.proto.v1.ListRolloutsRequest;
import dev.pinfactory.proto.v1.ListRolloutsResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.RollBackRequest;
import dev.pinfactory.proto.v1.RollBackResponse;
import dev.pinfactory.proto.v1.RolloutStage;
import dev.pinfactory.proto.v1.SetVersionStateRequest;
import dev.pinfactory.proto.v1.SetVersionStateResponse;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that move versions, against a registry that writes down what it is told. */
class RolloutCommandsTest {
    private final FakeRegistry registry = new FakeRegistry();
    private Server server;
    private String out = "";
    private String err = "";

    private static final class FakeRegistry extends RegistryServiceGrpc.RegistryServiceImplBase {
        private final List<SetVersionStateRequest> moves = new ArrayList<>();
        private final List<RollBackRequest> rolledBack = new ArrayList<>();

        private static Entry entry(Version.State second) {
            return Entry.newBuilder()
                    .setContract(Contract.newBuilder().setId("intent"))
                    .addVersions(version("1.0.0", Version.State.CHAMPION))
                    .addVersions(version("1.1.0", second))
                    .build();
        }

        private static VersionEntry.Builder version(String number, Version.State state) {
            return VersionEntry.newBuilder()
                    .setVersion(Version.newBuilder().setNumber(number))
                    .setState(state);
        }

        /** Whether the specialist is one that nobody knows; then the call is answered. */
        private static boolean unknown(String specialist, StreamObserver<?> observer) {
            if (!specialist.equals("nobody")) {
                return false;
            }
            observer.onError(
                    Errors.toGrpc(new PinfactoryException(ErrorCode.NOT_FOUND, "there is no specialist 'nobody'")));
            return true;
        }

        @Override
        public void listRollouts(ListRolloutsRequest request, StreamObserver<ListRolloutsResponse> observer) {
            if (unknown(request.getSpecialist(), observer)) {
                return;
            }
            ListRolloutsResponse.Builder stages = ListRolloutsResponse.newBuilder();
            if (request.getSpecialist().isEmpty()) {
                stages.addStages(RolloutStage.newBuilder()
                        .setSpecialist("intent")
                        .setVersion("1.1.0")
                        .setState(Version.State.CANARY)
                        .setWeightPercent(5)
                        .setSince(Timestamps.fromSeconds(0))
                        .setRival("1.0.0")
                        .setOwn(Counters.newBuilder()
                                .setCalls(40)
                                .setFailures(2)
                                .setCompared(200)
                                .setAgreed(190))
                        .setBeside(Counters.newBuilder().setCalls(800))
                        .setWaitsFor("60 more calls"));
            }
            observer.onNext(stages.build());
            observer.onCompleted();
        }

        @Override
        public void listAudit(ListAuditRequest request, StreamObserver<ListAuditResponse> observer) {
            if (unknown(request.getSpecialist(), observer)) {
                return;
            }
            observer.onNext(ListAuditResponse.newBuilder()
                    .addEntries(AuditEntry.newBuilder()
                            .setTime(Timestamps.fromSeconds(0))
                            .setSpecialist("intent")
                            .setVersion("1.1.0")
                            .setFrom(Version.State.SHADOW)
                            .setTo(Version.State.CANARY)
                            .setWeightPercent(5)
                            .setActor("rollout\u001b[31m")
                            .setReason("200 calls agree"))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void getJudgement(GetJudgementRequest request, StreamObserver<GetJudgementResponse> observer) {
            observer.onNext(GetJudgementResponse.newBuilder()
                    .setJudgement(Judgement.newBuilder()
                            .setChampion("1.0.0")
                            .setSummary("worse on the newest")
                            .setJudge("learner")
                            .addGates(Gate.newBuilder()
                                    .setName("macro-f1")
                                    .setValue(0.71)
                                    .setBound(0.75)))
                    .setReportHtml(request.getIncludeReport() ? "<html>page</html>" : "")
                    .build());
            observer.onCompleted();
        }

        @Override
        public void setVersionState(SetVersionStateRequest request, StreamObserver<SetVersionStateResponse> observer) {
            moves.add(request);
            observer.onNext(SetVersionStateResponse.newBuilder()
                    .setEntry(entry(request.getState()))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void rollBack(RollBackRequest request, StreamObserver<RollBackResponse> observer) {
            if (unknown(request.getSpecialist(), observer)) {
                return;
            }
            rolledBack.add(request);
            observer.onNext(RollBackResponse.newBuilder()
                    .setEntry(entry(Version.State.REJECTED))
                    .build());
            observer.onCompleted();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(registry)
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    private int pin(String... arguments) {
        List<String> all = new ArrayList<>(List.of("rollout"));
        all.addAll(List.of(arguments));
        all.add("--registry=localhost:" + server.getPort());
        Ran ran = Ran.pin(all.toArray(String[]::new));
        out = ran.out();
        err = ran.err();
        return ran.exit();
    }

    @Test
    void whatIsOnItsWayIsShownWithWhatIsKnownOfIt() {
        assertThat(pin("list")).as(err).isZero();
        assertThat(out)
                .contains("intent 1.1.0  canary 5 % since 1970-01-01T00:00:00Z")
                .contains("40 calls, 2 failed, 95.0 % of 200 compared agree; 1.0.0: 800 calls")
                .contains("waits for 60 more calls");
        assertThat(pin("list", "spam")).isZero();
        assertThat(out).contains("No version is on its way.");
        assertThat(pin("list", "--json")).isZero();
        assertThat(out).contains("\"weightPercent\": 5");
    }

    @Test
    void aLimitThatIsTooHighIsNamedAsItWasGiven() {
        assertThat(pin("audit", "--limit", "9999")).isEqualTo(2);
        assertThat(err).contains("--limit is 9999, expected 1 to 500");
        assertThat(pin("audit", "--limit", "0")).isEqualTo(2);
    }

    @Test
    void movesOfThePastSayWhoAndWhy() {
        assertThat(pin("audit", "intent")).as(err).isZero();
        assertThat(out)
                .contains("intent 1.1.0  shadow → canary 5 %  by rollout")
                .contains("200 calls agree")
                .doesNotContain("\u001b");
    }

    @Test
    void aJudgementIsShownGateByGateAndItsPageIsWritten(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(pin("judgement", "intent", "1.1.0", "--report", page.toString()))
                .as(err)
                .isZero();
        assertThat(out)
                .contains("not passed, against 1.0.0, by learner")
                .contains("0.7100  bound     0.7500  macro-f1");
        assertThat(Files.readString(page)).isEqualTo("<html>page</html>");
    }

    @Test
    void aVersionIsMovedAndRolledBackWithTheReason() {
        assertThat(pin("move", "intent", "1.1.0", "--to", "canary", "--percent", "10", "--reason", "to try it"))
                .as(err)
                .isZero();
        assertThat(out).contains("intent 1.0.0  champion").contains("intent 1.1.0  canary");
        SetVersionStateRequest move = registry.moves.getFirst();
        assertThat(move.getState()).isEqualTo(Version.State.CANARY);
        assertThat(move.getWeightPercent()).isEqualTo(10);
        assertThat(move.getReason()).isEqualTo("to try it");
        assertThat(pin("back", "intent", "1.1.0", "--actor", "ann", "--reason", "complaints"))
                .as(err)
                .isZero();
        assertThat(registry.rolledBack.getFirst().getActor()).isEqualTo("ann");
        assertThat(out).contains("intent 1.1.0  rejected");
    }

    @Test
    void whatIsMissingOrUnknownIsSaid() {
        assertThat(pin("move", "intent", "1.1.0", "--to", "best", "--reason", "x"))
                .isEqualTo(2);
        assertThat(err).contains("--to is 'best', expected candidate, shadow");
        assertThat(pin("back", "intent")).isEqualTo(2);
        assertThat(err).contains("--reason");
        assertThat(pin("back", "nobody", "--reason", "x")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("there is no specialist 'nobody' (NOT_FOUND)");
        assertThat(pin("list", "nobody")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("there is no specialist 'nobody' (NOT_FOUND)");
        assertThat(pin("audit", "nobody")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("there is no specialist 'nobody' (NOT_FOUND)");
        assertThat(registry.moves).isEmpty();
    }
}
