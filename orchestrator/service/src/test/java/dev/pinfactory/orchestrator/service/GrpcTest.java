package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.pinfactory.orchestrator.service.testing.WithSwarm;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.*;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.reflection.v1alpha.ServerReflectionResponse;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;

/** SwarmService over a socket, with the real engine, merge and store. */
class GrpcTest extends WithSwarm {
    @BeforeEach
    void ordinary() {
        swarm.plans("first", "second");
        for (String id : List.of("first", "second", "third")) {
            swarm.specialists()
                    .does(id, request -> id + "(" + request.getInputs(0).getText() + ")");
        }
    }

    @Test
    void runsATaskToItsMergedResult() {
        TaskResult result = run(task("hello"));
        assertThat(result.getState()).isEqualTo(TaskResult.State.ENDED);
        assertThat(result.getStatus()).as(result.toString()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getOutput().getStructValue().getFieldsOrThrow("text").getStringValue())
                .isEqualTo("second(first(hello))");
        assertThat(result.getProvenanceOrThrow("/text").getSources(0).getSpecialist())
                .isEqualTo("second");
        assertThat(result.getStepsList()).extracting(StepReport::getOutcome).containsOnly(StepReport.Outcome.SUCCEEDED);
        assertThat(result.getPlan().getStepsCount()).isEqualTo(2);
        assertThat(result.getTraceId()).matches("[0-9a-f]{32}");
    }

    @Test
    void aResultIsComparedWithWhatALanguageModelWouldCost() {
        LlmEstimate estimate = run(task("hello".repeat(800))).getLlmEstimate();
        assertThat(estimate.getInputTokens()).isBetween(1_000L, 1_100L);
        assertThat(estimate.getOutputTokens()).isBetween(1_000L, 1_100L);
        assertThat(estimate.getCost().getCurrency()).isEqualTo("USD");
        assertThat(estimate.getBasis()).startsWith("estimate");
    }

    @Test
    void theServerTakesWhatClientsSendAndPermitsTheirPings() {
        GrpcServerProperties server = swarm.bean(GrpcServerProperties.class);
        assertThat(server.getKeepalive().getPermit().getTime()).isLessThan(Channels.KEEP_ALIVE);
        assertThat(server.getInbound().getMessage().getMaxSize().toBytes()).isEqualTo(Channels.MAX_MESSAGE_BYTES);
        assertThat(server.getInbound().getMetadata().getMaxSize().toKilobytes()).isEqualTo(16);
    }

    @Test
    void theRouterSeesNoContent() {
        run(task("a secret"));
        PlanRequest asked =
                swarm.router().requests().get(swarm.router().requests().size() - 1);
        assertThat(asked.toString()).doesNotContain("a secret");
        assertThat(asked.getInputs(0).getName()).isEqualTo("note");
        assertThat(asked.getTenant()).isEqualTo("local");
    }

    @Test
    void anUnwrittenTaskIsFoundRightAfterItsAnswer() {
        TaskResult result = run(task("hello"));
        assertThat(get(result.getTaskId())).isEqualTo(result);
    }

    @Test
    void aRefusalIsAResult() {
        swarm.router()
                .answers(request -> PlanResponse.newBuilder()
                        .setRefusal(Refusal.newBuilder()
                                .setReason(Refusal.Reason.NOT_UNDERSTOOD)
                                .setMessage("nothing was understood"))
                        .build());
        TaskResult result = run(task("hello"));
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.REFUSED);
        assertThat(result.getRefusal().getMessage()).isEqualTo("nothing was understood");
        assertThat(result.getStepsCount()).isZero();
    }

    @Test
    void aPlanWithAnUnknownContractIsAskedForOnceMoreAndThenRefused() {
        int before = swarm.router().requests().size();
        swarm.plans("nobody");
        TaskResult result = run(task("hello"));
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.REFUSED);
        assertThat(result.getRefusal().getReason()).isEqualTo(Refusal.Reason.NO_SPECIALIST);
        assertThat(swarm.router().requests()).hasSize(before + 2);
    }

    @Test
    void anInvalidPlanOfTheRouterNeverRuns() {
        long before = swarm.specialists().calls("first");
        swarm.router().answers(request -> {
            Plan.Builder cyclic =
                    dev.pinfactory.orchestrator.service.testing.Plans.chain("first", "second").toBuilder();
            cyclic.getStepsBuilder(0)
                    .getInputsBuilder(0)
                    .getSourcesBuilder(0)
                    .setStepOutput(StepOutput.newBuilder().setStep("second").setOutput("text"));
            return PlanResponse.newBuilder().setPlan(cyclic).build();
        });
        TaskResult result = run(task("hello"));
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.REFUSED);
        assertThat(swarm.specialists().calls("first")).isEqualTo(before);
    }

    @Test
    void theTimeoutEndsATaskInTimeAndItsCallsWithIt() throws InterruptedException {
        CountDownLatch cancelled = swarm.specialists().hangs("second");
        Task hurried = task("hello").toBuilder()
                .setConstraints(Constraints.newBuilder().setTimeout(Durations.fromMillis(600)))
                .build();
        long start = System.nanoTime();
        TaskResult result = run(hurried);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.FAILED);
        assertThat(cancelled.await(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCallersCancellationReachesTheSpecialist() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        swarm.specialists().does("first", request -> {
            Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
            begun.countDown();
            cancelled.await();
            return "";
        });
        Context.CancellableContext call = Context.current().withCancellation();
        Thread caller = Thread.ofVirtual()
                .start(() -> call.run(() -> {
                    try {
                        run(task("hello"));
                    } catch (StatusRuntimeException e) {
                        // Cancelled, as it should be.
                    }
                }));
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        call.cancel(null);
        assertThat(cancelled.await(2, TimeUnit.SECONDS)).isTrue();
        caller.join();
        await().untilAsserted(() -> assertThat(swarm.specialists().running()).isZero());
    }

    @Test
    void aSubmittedTaskIsWatchedFromTheFirstEventToTheLast() {
        String id = submit(task("hello"));
        Iterator<WatchTaskResponse> watch = swarm.client()
                .watchTask(WatchTaskRequest.newBuilder().setTaskId(id).build());
        List<TaskEvent> events = new ArrayList<>();
        watch.forEachRemaining(response -> events.add(response.getEvent()));
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).getSequence()).isEqualTo(i + 1);
        }
        assertThat(events.get(0).getStateChanged()).isEqualTo(TaskResult.State.QUEUED);
        assertThat(events.get(events.size() - 1).getEnded().getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(events).filteredOn(TaskEvent::hasStepEnded).hasSize(2);
        Iterator<WatchTaskResponse> rest = swarm.client()
                .watchTask(WatchTaskRequest.newBuilder()
                        .setTaskId(id)
                        .setAfterSequence(3)
                        .build());
        assertThat(rest.next().getEvent()).isEqualTo(events.get(3));
    }

    @Test
    void aStreamedTaskTellsEachStep() {
        List<TaskEvent> events = new ArrayList<>();
        swarm.client()
                .streamTask(
                        StreamTaskRequest.newBuilder().setTask(task("hello")).build())
                .forEachRemaining(response -> events.add(response.getEvent()));
        assertThat(events).filteredOn(TaskEvent::hasStepStarted).hasSize(2);
        assertThat(events.get(events.size() - 1).hasEnded()).isTrue();
    }

    @Test
    void aCancelledTaskEndsCancelled() throws InterruptedException {
        CountDownLatch cancelled = swarm.specialists().hangs("first");
        String id = submit(task("hello"));
        await().until(() -> swarm.specialists().running() > 0);
        swarm.client().cancelTask(CancelTaskRequest.newBuilder().setTaskId(id).build());
        await().until(() -> get(id).getState() == TaskResult.State.ENDED);
        assertThat(get(id).getStatus()).isEqualTo(TaskResult.Status.CANCELLED);
        assertThat(cancelled.await(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anErasedTaskIsGone() {
        TaskResult result = run(task("hello"));
        swarm.client()
                .deleteTask(DeleteTaskRequest.newBuilder()
                        .setTaskId(result.getTaskId())
                        .build());
        assertThatThrownBy(() -> get(result.getTaskId()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(Errors.fromGrpc(e).code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void tasksAreListedByPageAndLabel() {
        for (int i = 0; i < 3; i++) {
            submit(task("hello").toBuilder().putLabels("batch", "pages").build());
        }
        ListTasksRequest.Builder request =
                ListTasksRequest.newBuilder().setPageSize(2).addLabels("batch=pages");
        ListTasksResponse first = swarm.client().listTasks(request.build());
        assertThat(first.getTasksCount()).isEqualTo(2);
        ListTasksResponse second = swarm.client()
                .listTasks(request.setPageToken(first.getNextPageToken()).build());
        assertThat(second.getTasksCount()).isEqualTo(1);
        assertThat(second.getNextPageToken()).isEmpty();
        // All labels have to match, so two contents of one name match nothing.
        request.clearPageToken().addLabels("batch=covers");
        assertThat(swarm.client().listTasks(request.build()).getTasksList()).isEmpty();
    }

    @Test
    void aPageTokenBelongsToTheFilterItCameWith() {
        for (int i = 0; i < 2; i++) {
            submit(task("hello").toBuilder()
                    .putLabels("batch", "tokens")
                    .putLabels("kind", "a")
                    .build());
        }
        ListTasksRequest.Builder request = ListTasksRequest.newBuilder()
                .setPageSize(1)
                .addLabels("batch=tokens")
                .addLabels("kind=a");
        request.setPageToken(swarm.client().listTasks(request.build()).getNextPageToken());
        // The same list in other words.
        request.clearLabels().addLabels("kind=a").addLabels("batch=tokens").setPageSize(10);
        assertThat(swarm.client().listTasks(request.build()).getTasksCount()).isEqualTo(1);

        request.setState(TaskResult.State.ENDED);
        assertThatThrownBy(() -> swarm.client().listTasks(request.build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(Errors.fromGrpc(e).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                    assertThat(Errors.fromGrpc(e).violations())
                            .extracting(violation -> violation.field())
                            .containsExactly("page_token");
                });
    }

    @Test
    void healthIsAnsweredByTheNameOfTheService() {
        HealthCheckRequest request = HealthCheckRequest.newBuilder()
                .setService(SwarmServiceGrpc.SERVICE_NAME)
                .build();
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(HealthGrpc.newBlockingStub(swarm.channel())
                                .withDeadlineAfter(Duration.ofSeconds(5))
                                .check(request)
                                .getStatus())
                        .isEqualTo(ServingStatus.SERVING));
    }

    /** Older clients know the first version of reflection only. */
    @Test
    void bothVersionsOfReflectionListTheService() throws Exception {
        List<String> services = new ArrayList<>();
        BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> older =
                ServerReflectionGrpc.newBlockingV2Stub(swarm.channel())
                        .withDeadlineAfter(Duration.ofSeconds(10))
                        .serverReflectionInfo();
        older.write(ServerReflectionRequest.newBuilder().setListServices("").build());
        older.halfClose();
        older.read().getListServicesResponse().getServiceList().forEach(service -> services.add(service.getName()));
        assertThat(services)
                .contains(
                        SwarmServiceGrpc.SERVICE_NAME,
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
    }

    @Test
    void theSameKeyIsTheSameTask() {
        TaskResult first = keyed("run-1").runTask(request("hello")).getResult();
        long calls = swarm.specialists().calls("first");
        assertThat(keyed("run-1").runTask(request("hello")).getResult()).isEqualTo(first);
        assertThat(swarm.specialists().calls("first")).isEqualTo(calls);
        assertThatThrownBy(() -> keyed("run-1").runTask(request("other")))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(Errors.fromGrpc(e).code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
                    assertThat(Errors.fromGrpc(e).violations()).singleElement().satisfies(violation -> {
                        assertThat(violation.field()).isEqualTo("idempotency-key");
                        assertThat(violation.description()).contains("expected");
                    });
                });
    }

    @Test
    void theSameKeyInFlightIsAConflict() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        swarm.specialists().does("first", request -> {
            go.await();
            return "late";
        });
        SubmitTaskRequest submit =
                SubmitTaskRequest.newBuilder().setTask(task("slow")).build();
        SubmitTaskResponse first = keyed("run-2").submitTask(submit);
        assertThat(first.getReplayed()).isFalse();
        SubmitTaskResponse again = keyed("run-2").submitTask(submit);
        assertThat(again.getTaskId()).isEqualTo(first.getTaskId());
        assertThat(again.getReplayed()).isTrue();
        assertThatThrownBy(() -> keyed("run-2").runTask(request("slow")))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(Errors.fromGrpc(e).code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT));
        go.countDown();
    }

    @Test
    void theTraceGoesOnToTheRouter() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
                "00-" + trace + "-00f067aa0ba902b7-01");
        TaskResult result = swarm.client()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .runTask(request("hello"))
                .getResult();
        assertThat(result.getTraceId()).isEqualTo(trace);
        assertThat(swarm.router().requests()).extracting(PlanRequest::getTaskId).contains(result.getTaskId());
        assertThat(swarm.router().traceParents()).anyMatch(parent -> parent.startsWith("00-" + trace + "-"));
    }

    @Test
    void filtersThatEveryCallPassesAreNotObserved() {
        ObservationRegistry observations = swarm.bean(ObservationRegistry.class);
        assertThat(Observation.createNotStarted("spring.security.filterchains", observations)
                        .isNoop())
                .isTrue();
        assertThat(Observation.createNotStarted("http.server.requests", observations)
                        .isNoop())
                .isFalse();
    }

    @Test
    void specialistsAreListedWithoutAddresses() {
        ListSpecialistsResponse list = swarm.client().listSpecialists(ListSpecialistsRequest.getDefaultInstance());
        assertThat(list.getSpecialistsList())
                .extracting(specialist -> specialist.getContract().getId())
                .containsExactly("first", "second", "third");
        assertThat(list.toString()).doesNotContain("localhost");
    }

    private static RunTaskRequest request(String text) {
        return RunTaskRequest.newBuilder().setTask(task(text)).build();
    }

    private static TaskResult run(Task task) {
        return swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
    }

    private static String submit(Task task) {
        return swarm.client()
                .submitTask(SubmitTaskRequest.newBuilder().setTask(task).build())
                .getTaskId();
    }

    private static TaskResult get(String id) {
        return swarm.client()
                .getTask(GetTaskRequest.newBuilder().setTaskId(id).build())
                .getResult();
    }

    private static SwarmServiceGrpc.SwarmServiceBlockingStub keyed(String key) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER), key);
        return swarm.client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
