package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.*;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Plans that are pinned and run by name, over a socket, with the real engine and store. */
class PinnedPlansTest {
    @TempDir
    Path folder;

    private TestingSwarm swarm;
    private String address;

    @BeforeEach
    void start() throws Exception {
        swarm = new TestingSwarm(
                folder, "pinfactory.orchestrator.pins.per-tenant=3", "pinfactory.orchestrator.admission.concurrency=1");
        address = swarm.listen(swarm.specialists());
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
    }

    @Test
    void aPinnedPlanRunsByNameAndTheRouterIsNotAsked() {
        PinnedPlan pinned = pin("claim", task("x"));
        assertThat(pinned.getVersion()).isEqualTo(1);
        assertThat(pinned.getContractsList()).containsExactly(Plans.contract("first"), Plans.contract("second"));
        assertThat(pinned.getInputs(0).getName()).isEqualTo("note");
        assertThat(pinned.toString()).as("no content").doesNotContain("\"x\"");
        int asked = swarm.router().requests().size();
        TaskResult result = run(named("claim", "hello"));
        assertThat(result.getStatus()).as(result.toString()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getOutput().getStructValue().getFieldsOrThrow("text").getStringValue())
                .isEqualTo("HELLO");
        assertThat(result.getPlan().getPlanner()).isEqualTo(Plan.Planner.PINNED);
        assertThat(result.getPlan().getPinnedAs()).isEqualTo("claim@1");
        assertThat(swarm.router().requests()).hasSize(asked);
    }

    @Test
    void theLatestVersionRunsWhereNoneIsNamed() {
        pin("claim", task("x"));
        swarm.plans("third");
        assertThat(pin("claim", task("x")).getVersion()).isEqualTo(2);
        assertThat(run(named("claim", "a")).getPlan().getSteps(0).getSpecialist())
                .isEqualTo("third");
        assertThat(run(named("claim@1", "a")).getPlan().getStepsCount()).isEqualTo(2);
    }

    @Test
    void pinningTheSameAgainAddsNoVersion() {
        PinnedPlan first = pin("claim", task("x"));
        PinPlanResponse again = swarm.client().pinPlan(request("claim", task("other content")));
        assertThat(again.getCreated()).isFalse();
        assertThat(again.getPinnedPlan()).isEqualTo(first);
    }

    @Test
    void aPlanThatTheTaskBringsIsPinnedAsItIs() {
        int asked = swarm.router().requests().size();
        PinnedPlan pinned =
                pin("own", task("x").toBuilder().setPlan(Plans.chain("third")).build());
        assertThat(pinned.getPlan().getPlanner()).isEqualTo(Plan.Planner.CALLER);
        assertThat(swarm.router().requests()).hasSize(asked);
        assertThat(run(named("own", "a")).getPlan().getPlanner()).isEqualTo(Plan.Planner.PINNED);
        Plan broken = Plans.chain("third").toBuilder().clearOutput().build();
        assertThat(refused(() ->
                                pin("own", task("x").toBuilder().setPlan(broken).build()))
                        .code())
                .isEqualTo(ErrorCode.PLAN_INVALID);
    }

    @Test
    void whatTheRouterRefusesIsNotPinned() {
        swarm.router()
                .answers(request -> PlanResponse.newBuilder()
                        .setRefusal(Refusal.newBuilder().setReason(Refusal.Reason.NOT_UNDERSTOOD))
                        .build());
        PinPlanResponse response = swarm.client().pinPlan(request("claim", task("x")));
        assertThat(response.getRefusal().getReason()).isEqualTo(Refusal.Reason.NOT_UNDERSTOOD);
        assertThat(refused(() -> get("claim")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aCardWithOtherWordsIsNoOtherCard() {
        pin("claim", task("x"));
        swarm.register(REWORDED, address);
        assertPlanOfFirstAndSecond(run(named("claim", "hello")));
    }

    @Test
    void aCardThatChangedRefusesTheTaskBeforeAnythingRuns() {
        pin("claim", task("x"));
        Contract.Builder changed = Plans.contract("first").toBuilder();
        changed.getOutputsBuilder(0).setType("record");
        swarm.register(changed.build(), address);
        swarm.unregister("second");
        PinfactoryException refusal = refused(() -> run(named("claim", "hello")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
        assertThat(refusal.violations())
                .containsExactly(
                        new FieldViolation("contracts[first].outputs[text].type", "was text, is record"),
                        new FieldViolation("contracts[second]", "is no longer in the swarm"));
        assertThat(swarm.specialists().requests()).isEmpty();
        assertThat(swarm.client()
                        .listTasks(ListTasksRequest.getDefaultInstance())
                        .getTasksList())
                .isEmpty();
    }

    @Test
    void whatIsWrongIsSaidByField() {
        pin("claim", task("x"));
        assertThat(refused(() -> run(named("nothing", "a")))).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(refusal.violations().get(0).field()).isEqualTo("pinned_plan");
        });
        assertThat(refused(() -> run(named("claim@7", "a"))).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused(() -> run(named("Not a name", "a"))).violations())
                .extracting(FieldViolation::field)
                .containsExactly("pinned_plan");
        assertThat(refused(() -> run(
                                named("claim", "a").toBuilder().clearInputs().build()))
                        .violations())
                .containsExactly(new FieldViolation("inputs[note]", "is missing; claim@1 takes text"));
        assertThat(refused(() -> pin("Not a name", task("x"))).violations())
                .extracting(FieldViolation::field)
                .containsExactly("name");
        assertThat(refused(() -> get("claim@x")).violations())
                .extracting(FieldViolation::field)
                .containsExactly("name");
    }

    @Test
    void theConstraintsOfTheTaskHoldForAPinnedPlanToo() {
        pin("claim", task("x"));
        Task limited = named("claim", "a").toBuilder()
                .setConstraints(Constraints.newBuilder().addExcludedSpecialists("first"))
                .build();
        assertThat(refused(() -> run(limited)).code()).isEqualTo(ErrorCode.PLAN_INVALID);
    }

    @Test
    void aTenantHasOnlySoManyPins() {
        pin("a", task("x"));
        pin("b", task("x"));
        pin("c", task("x"));
        PinfactoryException refusal = refused(() -> pin("d", task("x")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
        assertThat(refusal).hasMessageContaining("3 pinned plans");
        delete("b");
        assertThat(pin("d", task("x")).getVersion()).isEqualTo(1);
    }

    @Test
    void aPlanOfVeryLargeCardsIsNotPinned() {
        Contract large = Plans.contract("third").toBuilder()
                .setDescription("x".repeat(5 << 20))
                .build();
        swarm.register(large, address);
        swarm.router()
                .answers(request ->
                        PlanResponse.newBuilder().setPlan(Plans.chain(large)).build());
        PinfactoryException refusal = refused(() -> pin("large", task("x")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(refusal.violations()).extracting(FieldViolation::field).containsExactly("task");
    }

    @Test
    void pinsAreListedByPage() {
        for (String name : List.of("c", "a", "b")) {
            pin(name, task("x"));
        }
        ListPinnedPlansRequest.Builder request =
                ListPinnedPlansRequest.newBuilder().setPageSize(2);
        ListPinnedPlansResponse first = swarm.client().listPinnedPlans(request.build());
        assertThat(first.getPinnedPlansList())
                .extracting(PinnedPlanSummary::getName)
                .containsExactly("a", "b");
        request.setPageToken(first.getNextPageToken());
        ListPinnedPlansResponse second = swarm.client().listPinnedPlans(request.build());
        assertThat(second.getPinnedPlansList())
                .extracting(PinnedPlanSummary::getName)
                .containsExactly("c");
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(refused(() -> list(request.setName("a"))).violations())
                .extracting(FieldViolation::field)
                .containsExactly("page_token");
        assertThat(refused(() -> list(request.setName("").setPageToken("bm8"))).violations())
                .extracting(FieldViolation::field)
                .containsExactly("page_token");
        assertThat(refused(() -> list(request.setPageSize(201))).violations())
                .extracting(FieldViolation::field)
                .containsExactly("page_size");
    }

    @Test
    void anUnpinnedPlanIsGone() {
        pin("claim", task("x"));
        delete("claim@1");
        assertThat(refused(() -> get("claim")).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused(() -> delete("claim")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void planningSaysWhetherAPinWouldStillRun() {
        pin("claim", task("x"));
        PlanTaskRequest.Builder request = PlanTaskRequest.newBuilder().setTask(named("claim", "a"));
        request.getTaskBuilder().getInputsBuilder(0).clearText();
        assertThat(swarm.client().planTask(request.build()).getPlan().getPinnedAs())
                .isEqualTo("claim@1");
        swarm.unregister("second");
        assertThat(refused(() -> planned(request)).code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
        assertThat(swarm.specialists().requests()).isEmpty();
    }

    /** Whatever is submitted next waits until this is counted down. */
    private CountDownLatch takeTheOnlyTurn() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        swarm.specialists().does("first", request -> {
            begun.countDown();
            go.await();
            return "";
        });
        submit(task("the only turn there is"));
        begun.await();
        return go;
    }

    @Test
    void aTaskThatWaitsForItsTurnTakesTheCardsAsTheyAreThen() throws Exception {
        pin("claim", task("x"));
        CountDownLatch go = takeTheOnlyTurn();
        String reworded = submit(named("claim", "a"));
        swarm.register(REWORDED, address);
        go.countDown();
        assertPlanOfFirstAndSecond(ended(reworded));
    }

    @Test
    void aRepeatIsTheSameTaskWhateverBecameOfPinAndCards() {
        pin("claim", task("x"));
        Metadata key = new Metadata();
        key.put(Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER), "claim-1");
        var client = swarm.client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key));
        SubmitTaskRequest request =
                SubmitTaskRequest.newBuilder().setTask(named("claim", "a")).build();
        String id = client.submitTask(request).getTaskId();
        SubmitTaskResponse again =
                SubmitTaskResponse.newBuilder().setTaskId(id).setReplayed(true).build();
        swarm.unregister("second");
        assertThat(client.submitTask(request)).isEqualTo(again);
        delete("claim");
        assertThat(client.submitTask(request)).isEqualTo(again);
    }

    private static final Contract REWORDED =
            Plans.contract("first").toBuilder().setSummary("Rewrites any text").build();

    private static void assertPlanOfFirstAndSecond(TaskResult result) {
        assertThat(result.getStatus()).as(result.toString()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getPlan().getPinnedAs()).isEqualTo("claim@1");
        assertThat(result.getPlan().getStepsList())
                .extracting(Step::getSpecialist, Step::getContractDigest)
                .containsExactly(
                        tuple("first", Digests.of(REWORDED)), tuple("second", Digests.of(Plans.contract("second"))));
    }

    @Test
    void aWaitingTaskKeepsItsPlanWhenItsNumberIsGivenToAnother() throws Exception {
        pin("claim", task("x"));
        CountDownLatch go = takeTheOnlyTurn();
        String waiting = submit(named("claim", "a"));
        delete("claim");
        swarm.plans("third");
        assertThat(pin("claim", task("x")).getVersion()).isEqualTo(1);
        swarm.register(REWORDED, address);
        go.countDown();
        assertPlanOfFirstAndSecond(ended(waiting));
    }

    @Test
    void aWaitingTaskKeepsItsPlanOverARestartWithoutItsPin() throws Exception {
        pin("claim", task("x"));
        takeTheOnlyTurn();
        String waiting = submit(named("claim", "a"));
        delete("claim");
        swarm.register(REWORDED, address);
        swarm.stop();
        swarm.specialists().does("first", request -> request.getInputs(0).getText());
        swarm.start();
        assertPlanOfFirstAndSecond(ended(waiting));
    }

    /** Planning may be interrupted, and an interrupt in the database's files would close them for everybody. */
    @Test
    void aWaitingTaskIsPlannedWithoutTheDatabase() throws Exception {
        pin("claim", task("x"));
        CountDownLatch go = takeTheOnlyTurn();
        String waiting = submit(named("claim", "a"));
        swarm.register(REWORDED, address);
        JdbcClient.create(swarm.bean(DataSource.class))
                .sql("alter table pinned_plan rename to put_away")
                .update();
        go.countDown();
        assertPlanOfFirstAndSecond(ended(waiting));
    }

    @Test
    void aTaskThatWaitsForItsTurnFailsWithTheDifference() throws Exception {
        pin("claim", task("x"));
        CountDownLatch go = takeTheOnlyTurn();
        String waiting = submit(named("claim", "a"));
        swarm.register(
                Plans.contract("second").toBuilder()
                        .setCapability("rewrite.other")
                        .build(),
                address);
        go.countDown();
        TaskResult result = ended(waiting);
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.FAILED);
        assertThat(result.getError().getCode()).isEqualTo("FAILED_PRECONDITION");
        assertThat(result.getError().getMessage())
                .contains("contracts[second].capability: was rewrite.second, is rewrite.other");
        assertThat(result.getStepsList()).isEmpty();
    }

    /** Its plan came with it at its acceptance: what happens to the pin afterwards is nothing to it. */
    @Test
    void anAcceptedTaskGoesOnAfterARestartWithoutItsPin() throws Exception {
        pin("claim", task("x"));
        int asked = swarm.router().requests().size();
        CountDownLatch begun = new CountDownLatch(1);
        swarm.specialists().does("second", request -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return "";
        });
        String id = submit(named("claim", "hello"));
        begun.await();
        delete("claim");
        swarm.stop();
        swarm.specialists()
                .does("second", request -> "two(" + request.getInputs(0).getText() + ")");
        swarm.start();
        TaskResult result = ended(id);
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getPlan().getPinnedAs()).isEqualTo("claim@1");
        assertThat(swarm.specialists().calls("first")).isEqualTo(1);
        assertThat(swarm.router().requests()).hasSize(asked);
    }

    private String submit(Task task) {
        return swarm.client()
                .submitTask(SubmitTaskRequest.newBuilder().setTask(task).build())
                .getTaskId();
    }

    private TaskResult ended(String id) {
        GetTaskRequest get = GetTaskRequest.newBuilder().setTaskId(id).build();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> swarm.client().getTask(get).getResult().getState() == TaskResult.State.ENDED);
        return swarm.client().getTask(get).getResult();
    }

    private PlanTaskResponse planned(PlanTaskRequest.Builder request) {
        return swarm.client().planTask(request.build());
    }

    private static PinfactoryException refused(ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return Errors.fromGrpc(failure);
    }

    private static Task named(String reference, String text) {
        return task(text).toBuilder()
                .clearInstruction()
                .setPinnedPlan(reference)
                .build();
    }

    private static PinPlanRequest request(String name, Task task) {
        return PinPlanRequest.newBuilder().setName(name).setTask(task).build();
    }

    private PinnedPlan pin(String name, Task task) {
        PinPlanResponse response = swarm.client().pinPlan(request(name, task));
        assertThat(response.getCreated()).isTrue();
        return response.getPinnedPlan();
    }

    private PinnedPlan get(String reference) {
        return swarm.client()
                .getPinnedPlan(
                        GetPinnedPlanRequest.newBuilder().setName(reference).build())
                .getPinnedPlan();
    }

    private ListPinnedPlansResponse list(ListPinnedPlansRequest.Builder request) {
        return swarm.client().listPinnedPlans(request.build());
    }

    private DeletePinnedPlanResponse delete(String reference) {
        return swarm.client()
                .deletePinnedPlan(
                        DeletePinnedPlanRequest.newBuilder().setName(reference).build());
    }

    private TaskResult run(Task task) {
        return swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
    }
}
