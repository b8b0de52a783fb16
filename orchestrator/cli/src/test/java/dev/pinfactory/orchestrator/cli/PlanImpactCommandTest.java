package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.AssessCardRequest;
import dev.pinfactory.proto.v1.AssessCardResponse;
import dev.pinfactory.proto.v1.AssessmentProgress;
import dev.pinfactory.proto.v1.CardDifference;
import dev.pinfactory.proto.v1.CardImpact;
import dev.pinfactory.proto.v1.CardSurroundings;
import dev.pinfactory.proto.v1.ChangedRequest;
import dev.pinfactory.proto.v1.GoldenTaskImpact;
import dev.pinfactory.proto.v1.PinnedPlanImpact;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.RecentImpact;
import dev.pinfactory.proto.v1.SimilarSpecialist;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command about a card that takes no traffic yet, against a swarm that answers what the test says. */
class PlanImpactCommandTest {
    private static final String CARD = """
            contract:
              id: tone
              capability: classify.tone
              summary: Tells the tone of a text.
              inputs: [{name: text, type: text}]
              outputs: [{name: tone, type: labels}]
              kind: MODEL
            version: {number: 1.0.0}
            """;
    private static final CardImpact NOTHING = CardImpact.newBuilder()
            .setSpecialist("tone")
            .setSurroundings(CardSurroundings.newBuilder()
                    .addNearest(SimilarSpecialist.newBuilder()
                            .setSpecialist("sentiment")
                            .setSimilarity(0.704)
                            .setSameTypes(true)))
            .setPinnedPlansSeen(2)
            .setRecent(RecentImpact.newBuilder().setRequests(40).setTasks(90))
            .build();

    @TempDir
    Path directory;

    private final List<AssessCardRequest> asked = new ArrayList<>();
    private CardImpact impact = NOTHING;
    private Optional<PinfactoryException> refusal = Optional.empty();
    private Server server;
    private Path card;
    private String out = "";
    private String err = "";

    @BeforeEach
    void serve() throws IOException {
        card = Files.writeString(directory.resolve("card.yaml"), CARD);
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new SwarmServiceGrpc.SwarmServiceImplBase() {
                    @Override
                    public void assessCard(AssessCardRequest request, StreamObserver<AssessCardResponse> observer) {
                        asked.add(request);
                        if (refusal.isPresent()) {
                            observer.onError(Errors.toGrpc(refusal.get()));
                            return;
                        }
                        observer.onNext(AssessCardResponse.newBuilder()
                                .setProgress(AssessmentProgress.newBuilder().setTotal(40))
                                .build());
                        observer.onNext(AssessCardResponse.newBuilder()
                                .setProgress(AssessmentProgress.newBuilder()
                                        .setPlanned(32)
                                        .setTotal(40))
                                .build());
                        observer.onNext(AssessCardResponse.newBuilder()
                                .setImpact(impact)
                                .build());
                        observer.onCompleted();
                    }
                })
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination();
    }

    private int impact(String... arguments) {
        List<String> all = new ArrayList<>(List.of("plan", "impact"));
        all.addAll(List.of(arguments));
        all.add("--endpoint=localhost:" + server.getPort());
        Ran ran = Ran.pin(all.toArray(String[]::new));
        out = ran.out();
        err = ran.err();
        return ran.exit();
    }

    @Test
    void aCardThatChangesNothingIsSaidSo() {
        assertThat(impact(card.toString())).as(err).isZero();
        assertThat(out.lines())
                .containsExactly(
                        "tone  would be new",
                        "Nearest specialists",
                        "  sentiment  0.70  same types",
                        "Pinned plans  none of 2 affected",
                        "Recent requests  none of 40 would change",
                        "It changes nothing that works today.");
        assertThat(err.lines()).containsExactly("planning 40 requests without and with the card", "planned 32 of 40");
        assertThat(asked.getFirst().getCard().getContract().getId()).isEqualTo("tone");
        assertThat(asked.getFirst().getRecent()).isEqualTo(200);
    }

    @Test
    void everythingThatChangesIsTold() throws Exception {
        Path golden = Files.writeString(
                directory.resolve("golden.yaml"),
                "- pinned: claim\n- {pinned: claim@1, instruction: In other words}\n");
        impact = CardImpact.newBuilder()
                .setSpecialist("tone")
                .setSurroundings(CardSurroundings.newBuilder()
                        .setReplaces(true)
                        .addNearest(SimilarSpecialist.newBuilder()
                                .setSpecialist("sentiment")
                                .setSimilarity(0.812)
                                .setSameTypes(true)
                                .setNearlyTheSame(true))
                        .addNearest(SimilarSpecialist.newBuilder()
                                .setSpecialist("pii")
                                .setSimilarity(0.5)))
                .addIncompatible(difference("contract.outputs[tone].type", "was text, is labels"))
                .setPinnedPlansSeen(3)
                .addPinnedPlans(PinnedPlanImpact.newBuilder()
                        .setName("claim")
                        .setVersion(1)
                        .setRunsBefore(true)
                        .addBroken(difference("contracts[tone].outputs[tone].type", "was text, is labels")))
                .addPinnedPlans(PinnedPlanImpact.newBuilder()
                        .setName("claim")
                        .setVersion(2)
                        .setRunsBefore(true)
                        .setRunsAfter(true)
                        .setReplanned(PlanChange.Kind.OTHER_PLAN)
                        .addDifferences("step 'tone': is new, specialist tone"))
                .setGoldenTasksSeen(2)
                .addGoldenTasks(GoldenTaskImpact.newBuilder()
                        .setIndex(1)
                        .setPinnedAs("claim@1")
                        .setAsPinnedBefore(true)
                        .addDifferences("step 'sentiment': is gone, was specialist sentiment"))
                .setRecent(RecentImpact.newBuilder()
                        .setRequests(40)
                        .setTasks(90)
                        .setOtherPlan(2)
                        .setNewlyPlanned(1)
                        .setTasksChanged(12)
                        .setSince(Timestamps.fromMillis(0))
                        .addExamples(ChangedRequest.newBuilder()
                                .setInstruction("Say how\n it sounds")
                                .setTasks(7)
                                .setKind(PlanChange.Kind.OTHER_PLAN)
                                .addDifferences("step 'tone': is new, specialist tone")))
                .build();
        assertThat(impact(card.toString(), "--golden", golden.toString(), "--recent", "40", "--examples", "1"))
                .as(err)
                .isEqualTo(1);
        assertThat(out.lines())
                .containsExactly(
                        "tone  in the place of the one that takes traffic",
                        "  not compatible: contract.outputs[tone].type: was text, is labels",
                        "Nearest specialists",
                        "  sentiment  0.81  same types  nearly the same",
                        "  pii        0.50  other types",
                        "Pinned plans  2 of 3 affected",
                        "  claim@1  could not run any more",
                        "     contracts[tone].outputs[tone].type: was text, is labels",
                        "  claim@2  runs as before; planned anew: another plan",
                        "     step 'tone': is new, specialist tone",
                        "Golden tasks  1 of 2 would change",
                        "  2  claim@1  would differ",
                        "     step 'sentiment': is gone, was specialist sentiment",
                        "Recent requests  3 of 40 would change (8 %), 12 of 90 tasks since 1970-01-01T00:00:00Z",
                        "  2 another plan",
                        "  1 refused until now",
                        "  \"Say how it sounds\"  another plan, 7 tasks",
                        "     step 'tone': is new, specialist tone");
        AssessCardRequest request = asked.getFirst();
        assertThat(List.of(request.getRecent(), request.getMaxExamples())).containsExactly(40, 1);
        assertThat(request.getGoldenTasksList())
                .extracting(dev.pinfactory.proto.v1.GoldenTask::getPinnedPlan)
                .containsExactly("claim", "claim@1");
        assertThat(request.getGoldenTasks(1).getTask().getInstruction()).isEqualTo("In other words");
    }

    private static CardDifference difference(String field, String description) {
        return CardDifference.newBuilder()
                .setField(field)
                .setDescription(description)
                .build();
    }

    /** That is what a new card is for. */
    @Test
    void whatBecomesPossibleIsNoReasonToStop() {
        impact = NOTHING.toBuilder()
                .setRecent(RecentImpact.newBuilder()
                        .setRequests(40)
                        .setNewlyPlanned(3)
                        .setTasks(90)
                        .setTasksChanged(3))
                .build();
        assertThat(impact(card.toString())).isZero();
        assertThat(out).contains("3 of 40 would change (8 %), 3 of 90 tasks", "It changes nothing that works today.");
    }

    @Test
    void whatIsNearlyTheSameAsAnotherHasToBeLookedAt() {
        CardImpact.Builder near = NOTHING.toBuilder();
        near.getSurroundingsBuilder().getNearestBuilder(0).setNearlyTheSame(true);
        impact = near.build();
        assertThat(impact(card.toString())).isEqualTo(1);
    }

    @Test
    void whatCouldNotBePlannedIsNotPassedOver() {
        impact = NOTHING.toBuilder()
                .setRecent(RecentImpact.newBuilder().setRequests(40).setNotPlanned(1))
                .build();
        assertThat(impact(card.toString())).isEqualTo(1);
        assertThat(out).contains("1 could not be planned");
    }

    @Test
    void jsonIsTheReportAlone() throws Exception {
        assertThat(impact(card.toString(), "--json")).isZero();
        CardImpact.Builder read = CardImpact.newBuilder();
        JsonFormat.parser().merge(out, read);
        assertThat(read.build()).isEqualTo(NOTHING);
        assertThat(out).contains("\"pinnedPlans\": []");
    }

    @Test
    void everythingThatIsWrongWithACardIsAUsageError() throws Exception {
        Files.writeString(card, CARD.replace("id: tone", "id: Not an id").replace("type: labels", "type: smell"));
        assertThat(impact(card.toString())).isEqualTo(Pin.USAGE);
        assertThat(err)
                .startsWith("pin plan impact: '")
                .contains("is not a card:", "  contract.id: 'Not an id' came", "  contract.outputs[0].type: 'smell'");
        assertThat(impact("no.yaml")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("there is no file 'no.yaml'");
        Files.writeString(card, "- 1\n");
        assertThat(impact(card.toString())).isEqualTo(Pin.USAGE);
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheSwarmDoesNotTakeIsAUsageErrorToo() {
        refusal = Optional.of(new PinfactoryException(
                ErrorCode.INVALID_ARGUMENT, "recent: is too much", List.of(new FieldViolation("recent", "2000 came"))));
        assertThat(impact(card.toString(), "--recent", "2000")).isEqualTo(Pin.USAGE);
        assertThat(err).contains("recent: 2000 came");
    }

    @Test
    void helpNamesTheExitCodes() {
        assertThat(Ran.pin("plan", "impact", "--help").out())
                .contains("--golden=FILE", "--recent=N", "Exit codes: 0 changes nothing");
    }
}
