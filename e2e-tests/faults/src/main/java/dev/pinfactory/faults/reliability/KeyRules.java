package dev.pinfactory.faults.reliability;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.faults.history.StoredReader;
import dev.pinfactory.faults.swarm.Client;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.ShiftedClock;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.orchestrator.service.store.Retention;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.orchestrator.service.task.Caller;
import dev.pinfactory.orchestrator.service.task.TaskService;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskResponse;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What holds of one key, over gRPC and REST. Puts the clock forward; to be used when nothing runs. */
final class KeyRules {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration YEARS = Duration.ofDays(1000);
    private static final Duration MOMENT = Duration.ofMinutes(1);

    private final TestedOrchestrator orchestrator;
    private final EchoSpecialist specialist;
    private final ShiftedClock clock;
    private final Client client;
    private final String prefix;
    private final List<String> broken = new ArrayList<>();

    KeyRules(TestedOrchestrator orchestrator, EchoSpecialist specialist, ShiftedClock clock, Client client, long seed) {
        this.orchestrator = orchestrator;
        this.specialist = specialist;
        this.clock = clock;
        this.client = client;
        this.prefix = seed + "-rule-";
    }

    /** The rules that do not hold. */
    List<String> broken() throws Exception {
        replay();
        otherBody();
        otherTenant();
        inFlight();
        kept();
        return broken;
    }

    private void expect(boolean holds, String rule) {
        if (!holds) {
            broken.add(rule);
        }
    }

    private TaskResult run(String key, Task task) {
        return client.withKey(key)
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
    }

    private SubmitTaskResponse submit(String key) {
        return client.withKey(key)
                .submitTask(SubmitTaskRequest.newBuilder().setTask(task(key)).build());
    }

    /** Not labelled as a submission whose history is checked. */
    private static Task task(String key) {
        return Tasks.of(key, 1).toBuilder().removeLabels(StoredReader.KEY_LABEL).build();
    }

    private int rest(String key, Task task, boolean wait) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(orchestrator.restAddress() + "/v1/tasks"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofString(json(task)));
            if (!wait) {
                request.header("Prefer", "respond-async");
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String json(Task task) {
        try {
            return JsonFormat.printer().print(task);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<ErrorCode> refusal(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(Errors.fromGrpc(e).code());
        }
    }

    private void replay() {
        String key = prefix + "replay";
        TaskResult first = run(key, task(key));
        expect(first.equals(run(key, task(key))), "the same answer is replayed");
    }

    private void otherBody() throws IOException, InterruptedException {
        String key = prefix + "body";
        run(key, task(key));
        Task other = task(key + "-other");
        expect(
                refusal(() -> run(key, other)).equals(Optional.of(ErrorCode.IDEMPOTENCY_KEY_REUSED)),
                "another body is refused over gRPC, when it is waited for");
        expect(
                refusal(() -> client.withKey(key)
                                .submitTask(SubmitTaskRequest.newBuilder()
                                        .setTask(other)
                                        .build()))
                        .equals(Optional.of(ErrorCode.IDEMPOTENCY_KEY_REUSED)),
                "another body is refused over gRPC, when it is submitted");
        expect(rest(key, other, true) == 422 && rest(key, other, false) == 422, "another body is 422 over REST");
        expect(rest(key, task(key), false) == 202, "the same body is the same request over REST");
    }

    private void otherTenant() {
        String key = prefix + "tenant";
        String own = submit(key).getTaskId();
        String others = orchestrator
                .bean(TaskService.class)
                .submit(new Caller("another-tenant", Optional.of(key), Optional.empty()), task(key))
                .taskId();
        expect(!own.equals(others), "the same key of another tenant is another task");
    }

    private void inFlight() throws Exception {
        String key = prefix + "flight";
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        // Tasks of the rules before may still run.
        specialist.does(request -> {
            String text = EchoSpecialist.echo(request);
            if (text.equals(key)) {
                called.countDown();
                await(answer);
            }
            return text;
        });
        CompletableFuture<TaskResult> first = CompletableFuture.supplyAsync(() -> run(key, task(key)));
        try {
            await(called);
            expect(
                    refusal(() -> run(key, task(key))).equals(Optional.of(ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT)),
                    "a repeat that waits is told that the first is in flight");
            expect(rest(key, task(key), true) == 409, "a repeat that waits is 409 over REST");
            expect(submit(key).getReplayed(), "a repeat that does not wait gets the task's id");
        } finally {
            answer.countDown();
            specialist.does(EchoSpecialist::echo);
        }
        expect(
                first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).equals(run(key, task(key))),
                "the first one's answer is replayed when it is there");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void kept() {
        String key = prefix + "day";
        TaskResult first = run(key, task(key));
        clock.advance(KEPT.minus(MOMENT));
        expire();
        expect(submit(key).getTaskId().equals(first.getTaskId()), "a key is kept for 24 hours");
        clock.advance(MOMENT.plus(MOMENT));
        expire();
        expect(!submit(key).getTaskId().equals(first.getTaskId()), "a key is free after 24 hours");
    }

    /** As the orchestrator does it every ten minutes; tasks stay. */
    private void expire() {
        orchestrator.bean(TaskStore.class).expire(new Retention(YEARS, Map.of()), clock.instant(), 1);
    }
}
