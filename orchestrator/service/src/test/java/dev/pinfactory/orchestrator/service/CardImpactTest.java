package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.card;
import static dev.pinfactory.orchestrator.service.testing.Plans.chain;
import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.*;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a card would change, over a socket, with the real stores and a router that changes what the test says. */
class CardImpactTest {
    private static final Card NEW_CARD = card(Plans.contract("fourth"));

    @TempDir
    Path folder;

    private TestingSwarm swarm;

    @BeforeEach
    void start() throws Exception {
        swarm = new TestingSwarm(folder);
        changesNothing();
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
    }

    private void changesNothing() {
        swarm.router().changes(request -> both(chain("first", "second"), chain("first", "second")));
    }

    private static PlanChange both(Plan before, Plan after) {
        return PlanChange.newBuilder()
                .setKind(before.equals(after) ? PlanChange.Kind.UNCHANGED : PlanChange.Kind.OTHER_PLAN)
                .setPlanBefore(before)
                .setPlanAfter(after)
                .build();
    }

    @Test
    void whatIsAskedForLatelyIsCountedByRequestAndByTask() {
        asked("polish this", "polish this", "translate this", "shorten this");
        swarm.router().changes(request -> switch (request.getInstruction()) {
            case "polish this" -> both(chain("first"), chain("third"));
            case "translate this" ->
                PlanChange.newBuilder()
                        .setKind(PlanChange.Kind.NEWLY_PLANNED)
                        .setPlanAfter(chain("third").toBuilder()
                                .addUnmet(UnmetRequest.newBuilder().setText("and sing it")))
                        .build();
            default ->
                PlanChange.newBuilder()
                        .setKind(PlanChange.Kind.NEWLY_REFUSED)
                        .setPlanBefore(chain("first"))
                        .setRefusalAfter(Refusal.newBuilder()
                                .setReason(Refusal.Reason.LOW_CONFIDENCE)
                                .setMessage("unsure")
                                .setBestGuess(chain("first")))
                        .build();
        });
        CardImpact impact = assess(AssessCardRequest.newBuilder().setCard(NEW_CARD));
        assertThat(impact.getSpecialist()).isEqualTo("fourth");
        assertThat(impact.getSurroundings().getCatalogDigest()).isEqualTo("sha256:catalogue");
        RecentImpact recent = impact.getRecent();
        assertThat(List.of(recent.getRequests(), recent.getTasks())).containsExactly(3, 4);
        assertThat(List.of(recent.getOtherPlan(), recent.getNewlyPlanned(), recent.getNewlyRefused()))
                .containsExactly(1, 1, 1);
        assertThat(recent.getTasksChanged()).isEqualTo(4);
        assertThat(recent.hasSince()).isTrue();
        assertThat(recent.getExamplesList())
                .extracting(ChangedRequest::getInstruction)
                .as("newest first")
                .containsExactly("shorten this", "translate this", "polish this");
        assertThat(recent.getExamples(0).getDifferencesList())
                .containsExactly("is refused, LOW_CONFIDENCE: unsure", "the best guess is the plan of today");
        assertThat(recent.getExamples(1).getDifferencesList())
                .containsExactly("step 'third': is new, specialist third", "\"and sing it\": stays unmet");
        assertThat(recent.getExamples(2).getTasks()).isEqualTo(2);
        assertThat(recent.getExamples(2).getDifferencesList())
                .contains("step 'first': is gone, was specialist first", "step 'third': is new, specialist third");
    }

    @Test
    void theRouterSeesNothingOfAnyContent() {
        asked("polish this");
        assess(AssessCardRequest.newBuilder().setCard(NEW_CARD));
        TryCardRequest seen = swarm.router().trials().getFirst();
        assertThat(seen.getRequests(0).getInputs(0).getName()).isEqualTo("note");
        assertThat(seen.getRequests(0).getTenant()).isEmpty();
        assertThat(seen.toString()).doesNotContain("the secret of the note");
    }

    @Test
    void onlyAsManyDifferentRequestsAreLookedAtAsAreWanted() {
        asked("one", "two", "three");
        CardImpact two = assess(
                AssessCardRequest.newBuilder().setCard(NEW_CARD).setRecent(2).setMaxExamples(0));
        assertThat(two.getRecent().getRequests()).isEqualTo(2);
        assertThat(tried()).containsExactly("three", "two");
        CardImpact none =
                assess(AssessCardRequest.newBuilder().setCard(NEW_CARD).setRecent(0));
        assertThat(none.getRecent().getRequests()).isZero();
        assertThat(none.getRecent().hasSince()).isFalse();
    }

    /** What differs in nothing but its hurry is the same request; what brought its plan was no request to the router. */
    @Test
    void aTaskWithItsOwnPlanIsNoRequest() {
        run(task("x").toBuilder().setInstruction("mine").setPlan(chain("third")).build());
        run(task("x").toBuilder()
                .setConstraints(Constraints.newBuilder().setTimeout(com.google.protobuf.util.Durations.fromSeconds(50)))
                .build());
        run(task("x"));
        awaitRecorded(3);
        RecentImpact recent =
                assess(AssessCardRequest.newBuilder().setCard(NEW_CARD)).getRecent();
        assertThat(List.of(recent.getRequests(), recent.getTasks())).containsExactly(1, 2);
    }

    @Test
    void aPinnedPlanThatTheCardBreaksIsNamedWithTheDifference() {
        pin("claim");
        pin("other", chain("third"));
        Contract.Builder changed = Plans.contract("second").toBuilder();
        changed.getOutputsBuilder(0).setType("record");
        CardImpact impact = assess(AssessCardRequest.newBuilder().setCard(card(changed.build())));
        assertThat(impact.getPinnedPlansSeen()).isEqualTo(2);
        assertThat(impact.getPinnedPlansList()).singleElement().satisfies(pinned -> {
            assertThat(pinned.getName()).isEqualTo("claim");
            assertThat(pinned.getRunsBefore()).isTrue();
            assertThat(pinned.getRunsAfter()).isFalse();
            assertThat(pinned.getBrokenList())
                    .containsExactly(CardDifference.newBuilder()
                            .setField("contracts[second].outputs[text].type")
                            .setDescription("was text, is record")
                            .build());
        });
        assertThat(impact.getIncompatibleList())
                .containsExactly(CardDifference.newBuilder()
                        .setField("contract.outputs[text].type")
                        .setDescription("was text, is record")
                        .build());
    }

    @Test
    void aCardThatComesBackLetsAPinnedPlanRunAgain() {
        pin("claim");
        swarm.unregister("second");
        CardImpact impact = assess(AssessCardRequest.newBuilder().setCard(card(Plans.contract("second"))));
        assertThat(impact.getPinnedPlansList()).singleElement().satisfies(pinned -> {
            assertThat(pinned.getRunsBefore()).isFalse();
            assertThat(pinned.getRunsAfter()).isTrue();
        });
    }

    @Test
    void onlyTheLatestVersionOfAPinnedPlanIsPlannedAnew() {
        pin("claim");
        pin("claim", chain("third"));
        pin("letter");
        swarm.router().changes(request -> both(chain("first", "second"), chain("first")));
        CardImpact impact = assess(AssessCardRequest.newBuilder().setCard(NEW_CARD));
        assertThat(impact.getPinnedPlansSeen()).isEqualTo(3);
        assertThat(impact.getPinnedPlansList())
                .extracting(pinned -> pinned.getName() + "@" + pinned.getVersion())
                .containsExactly("claim@2", "letter@1");
        assertThat(impact.getPinnedPlansList()).allSatisfy(pinned -> {
            assertThat(pinned.getReplanned()).isEqualTo(PlanChange.Kind.OTHER_PLAN);
            assertThat(pinned.getRunsAfter()).isTrue();
            assertThat(pinned.getDifferencesList()).contains("step 'second': is gone, was specialist second");
        });
        assertThat(tried()).as("the same task is planned once").hasSize(1);
    }

    @Test
    void aGoldenTaskThatLosesItsPlanIsNamed() {
        pin("claim");
        swarm.router()
                .changes(request -> both(
                        chain("first", "second"),
                        request.getInstruction().equals("in other words") ? chain("third") : chain("first", "second")));
        CardImpact impact = assess(AssessCardRequest.newBuilder()
                .setCard(NEW_CARD)
                .addGoldenTasks(GoldenTask.newBuilder().setPinnedPlan("claim"))
                .addGoldenTasks(GoldenTask.newBuilder()
                        .setPinnedPlan("claim@1")
                        .setTask(Task.newBuilder().setInstruction("in other words"))));
        assertThat(impact.getGoldenTasksSeen()).isEqualTo(2);
        assertThat(impact.getGoldenTasksList()).singleElement().satisfies(golden -> {
            assertThat(golden.getIndex()).isEqualTo(1);
            assertThat(golden.getPinnedAs()).isEqualTo("claim@1");
            assertThat(golden.getAsPinnedBefore()).isTrue();
            assertThat(golden.getAsPinnedAfter()).isFalse();
            assertThat(golden.getDifferencesList()).contains("step 'third': is new, specialist third");
        });
        assertThat(swarm.router()
                        .trials()
                        .getFirst()
                        .getRequests(1)
                        .getInputs(0)
                        .getName())
                .as("what the task leaves out is as it was pinned")
                .isEqualTo("note");
    }

    @Test
    void aGoldenTaskThatHadLostItsPlanBeforeIsNotBlamedOnTheCard() {
        pin("claim");
        swarm.router().changes(request -> both(chain("third"), chain("third")));
        GoldenTaskImpact golden = assess(AssessCardRequest.newBuilder()
                        .setCard(NEW_CARD)
                        .addGoldenTasks(GoldenTask.newBuilder().setPinnedPlan("claim")))
                .getGoldenTasks(0);
        assertThat(golden.getAsPinnedBefore()).isFalse();
        assertThat(golden.getAsPinnedAfter()).isFalse();
    }

    @Test
    void aCardThatChangesNothingIsSaidSo() {
        asked("polish this");
        pin("claim");
        CardImpact impact = assess(AssessCardRequest.newBuilder()
                .setCard(NEW_CARD)
                .addGoldenTasks(GoldenTask.newBuilder().setPinnedPlan("claim")));
        assertThat(impact.getPinnedPlansSeen()).isEqualTo(1);
        assertThat(impact.getPinnedPlansList()).isEmpty();
        assertThat(impact.getGoldenTasksSeen()).isEqualTo(1);
        assertThat(impact.getGoldenTasksList()).isEmpty();
        assertThat(impact.getRecent().getTasksChanged()).isZero();
        assertThat(impact.getRecent().getRequests()).isEqualTo(1);
        assertThat(impact.getIncompatibleList()).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidByField() {
        Card bad = card(Plans.contract("fourth").toBuilder()
                        .setId("Not an id")
                        .clearOutputs()
                        .build())
                .toBuilder()
                .clearVersion()
                .build();
        PinfactoryException card =
                refused(() -> assess(AssessCardRequest.newBuilder().setCard(bad)));
        assertThat(card.code()).isEqualTo(ErrorCode.CARD_INVALID);
        assertThat(card.violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder("card.contract.id", "card.contract.outputs", "card.version");
        PinfactoryException bounds = refused(() -> assess(AssessCardRequest.newBuilder()
                .setCard(NEW_CARD)
                .setRecent(1_001)
                .setMaxExamples(-1)));
        assertThat(bounds.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(bounds.violations())
                .containsExactly(
                        new FieldViolation("recent", "1001 came; expected 0 to 1000"),
                        new FieldViolation("max_examples", "-1 came; expected 0 to 50"));
        pin("claim");
        PinfactoryException golden = refused(() -> assess(AssessCardRequest.newBuilder()
                .setCard(NEW_CARD)
                .addGoldenTasks(GoldenTask.newBuilder().setPinnedPlan("Not a name"))
                .addGoldenTasks(GoldenTask.newBuilder().setPinnedPlan("nothing"))
                .addGoldenTasks(GoldenTask.newBuilder()
                        .setPinnedPlan("claim")
                        .setTask(Task.newBuilder()
                                .setPlan(chain("first"))
                                .addInputs(Artifact.newBuilder().setName("a").setType("smell"))))));
        assertThat(golden.violations())
                .extracting(FieldViolation::field)
                .containsExactly(
                        "golden_tasks[0].pinned_plan",
                        "golden_tasks[1].pinned_plan",
                        "golden_tasks[2].task",
                        "golden_tasks[2].task.inputs[0].type");
        assertThat(swarm.router().trials()).isEmpty();
    }

    @Test
    void progressComesWithEachBatch() {
        asked(IntStream.range(0, 40).mapToObj(i -> "polish number " + i).toArray(String[]::new));
        List<AssessCardResponse> parts = new ArrayList<>();
        swarm.client()
                .assessCard(AssessCardRequest.newBuilder().setCard(NEW_CARD).build())
                .forEachRemaining(parts::add);
        assertThat(parts.subList(0, 2))
                .extracting(AssessCardResponse::getProgress)
                .containsExactly(
                        AssessmentProgress.newBuilder().setTotal(40).build(),
                        AssessmentProgress.newBuilder()
                                .setPlanned(32)
                                .setTotal(40)
                                .build());
        assertThat(parts).hasSize(3);
        assertThat(parts.getLast().getImpact().getRecent().getRequests()).isEqualTo(40);
    }

    @Test
    void aTenantHasOneAssessmentAtATime() throws Exception {
        asked("polish this");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        swarm.router().changes(request -> {
            begun.countDown();
            try {
                assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return both(chain("first"), chain("first"));
        });
        var running = CompletableFuture.supplyAsync(
                () -> assess(AssessCardRequest.newBuilder().setCard(NEW_CARD)));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        PinfactoryException refusal =
                refused(() -> assess(AssessCardRequest.newBuilder().setCard(NEW_CARD)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refusal.retryAfter()).isPresent();
        go.countDown();
        assertThat(running.get(20, TimeUnit.SECONDS).getRecent().getRequests()).isEqualTo(1);
        assess(AssessCardRequest.newBuilder().setCard(NEW_CARD));
    }

    @Test
    void aRouterThatFailsIsNoReport() {
        asked("polish this");
        swarm.router().changes(request -> {
            throw Status.INTERNAL.asRuntimeException();
        });
        assertThat(refused(() -> assess(AssessCardRequest.newBuilder().setCard(NEW_CARD)))
                        .code())
                .isEqualTo(ErrorCode.INTERNAL);
        changesNothing();
        assess(AssessCardRequest.newBuilder().setCard(NEW_CARD));
    }

    @Test
    void whatCouldNotBePlannedIsCountedApart() {
        asked("polish this");
        pin("claim");
        swarm.router()
                .changes(request -> PlanChange.newBuilder()
                        .setKind(PlanChange.Kind.NOT_PLANNED)
                        .setError("DEADLINE_EXCEEDED: too long")
                        .build());
        CardImpact impact = assess(AssessCardRequest.newBuilder()
                .setCard(NEW_CARD)
                .addGoldenTasks(GoldenTask.newBuilder().setPinnedPlan("claim")));
        assertThat(impact.getRecent().getNotPlanned()).isEqualTo(1);
        assertThat(impact.getRecent().getTasksChanged()).isZero();
        assertThat(impact.getGoldenTasks(0).getDifferencesList())
                .containsExactly("could not be planned, DEADLINE_EXCEEDED: too long");
        assertThat(impact.getPinnedPlans(0).getReplanned()).isEqualTo(PlanChange.Kind.NOT_PLANNED);
    }

    private List<String> tried() {
        return swarm.router().trials().stream()
                .flatMap(trial -> trial.getRequestsList().stream())
                .map(PlanRequest::getInstruction)
                .toList();
    }

    /** One task after the other, so that their order is known. */
    private void asked(String... instructions) {
        for (String instruction : instructions) {
            run(task("the secret of the note").toBuilder()
                    .setInstruction(instruction)
                    .build());
        }
        awaitRecorded(instructions.length);
    }

    /** Records are written behind their tasks. */
    private void awaitRecorded(int tasks) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> swarm.client()
                                .listTasks(ListTasksRequest.newBuilder()
                                        .setPageSize(200)
                                        .build())
                                .getTasksCount()
                        >= tasks);
    }

    private void run(Task task) {
        TaskResult result = swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
    }

    private void pin(String name) {
        pin(name, chain("first", "second"));
    }

    private void pin(String name, Plan plan) {
        PinPlanRequest request = PinPlanRequest.newBuilder()
                .setName(name)
                .setTask(task("x").toBuilder().setPlan(plan))
                .build();
        assertThat(swarm.client().pinPlan(request).getCreated()).isTrue();
    }

    private CardImpact assess(AssessCardRequest.Builder request) {
        List<AssessCardResponse> parts = new ArrayList<>();
        swarm.client().assessCard(request.build()).forEachRemaining(parts::add);
        assertThat(parts.getLast().hasImpact()).isTrue();
        return parts.getLast().getImpact();
    }

    private static PinfactoryException refused(ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return Errors.fromGrpc(failure);
    }
}
