package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.pinfactory.orchestrator.service.dispatch.EndpointGuards;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.*;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Specialists that fail, and more tasks than one orchestrator takes. */
class FaultsTest {
    @TempDir
    Path folder;

    private TestingSwarm swarm;

    @BeforeEach
    void start() throws Exception {
        swarm = new TestingSwarm(
                folder,
                "pinfactory.orchestrator.admission.concurrency=1",
                "pinfactory.orchestrator.admission.queue=1",
                "pinfactory.orchestrator.dispatch.probe-after=200ms",
                "pinfactory.orchestrator.dispatch.probe-timeout=1s");
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
    }

    @Test
    void aSpecialistThatIsAwayForAMomentIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        swarm.specialists().does("first", request -> {
            if (calls.incrementAndGet() == 1) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
            return "back";
        });
        assertThat(run().getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aWrongInputIsNotSentAgain() {
        swarm.specialists().does("first", request -> {
            throw Status.INVALID_ARGUMENT.asRuntimeException();
        });
        TaskResult result = run();
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.FAILED);
        assertThat(result.getSteps(0).getCode()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID.name());
        assertThat(swarm.specialists().calls("first")).isEqualTo(1);
    }

    @Test
    void aSpecialistThatKeepsFailingIsLeftAlone() {
        swarm.specialists().does("first", request -> {
            throw Status.UNAVAILABLE.asRuntimeException();
        });
        for (int i = 0; i < 5; i++) {
            assertThat(run().getStatus()).isEqualTo(TaskResult.Status.FAILED);
        }
        assertThat(swarm.specialists().calls("first"))
                .as("the breaker opens after five")
                .isEqualTo(5);
        assertThat(swarm.bean(EndpointGuards.class).breakers().getAllCircuitBreakers())
                .extracting(CircuitBreaker::getState)
                .containsExactly(CircuitBreaker.State.OPEN);
        long refused = breaker("first").getMetrics().getNumberOfNotPermittedCalls();
        assertThat(run().getSteps(0).getCode()).isEqualTo(ErrorCode.SPECIALIST_UNAVAILABLE.name());
        assertThat(breaker("first").getMetrics().getNumberOfNotPermittedCalls())
                .as("who was refused by a breaker does not come again")
                .isEqualTo(refused + 1);
    }

    @Test
    void aReplicaThatIsOnTrialKeepsNobodyFromTheOther() throws Exception {
        swarm.register(Plans.contract("twins"), swarm.listen(swarm.specialists()), swarm.listen(swarm.specialists()));
        swarm.plans("twins");
        run();
        CircuitBreaker onTrial = breaker("twins");
        onTrial.transitionToOpenState();
        onTrial.transitionToHalfOpenState();
        while (onTrial.tryAcquirePermission()) {
            // Its trial calls are under way.
        }
        for (int i = 0; i < 60; i++) {
            assertThat(run().getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        }
    }

    private CircuitBreaker breaker(String specialist) {
        return swarm.bean(EndpointGuards.class).breakers().getAllCircuitBreakers().stream()
                .filter(breaker -> breaker.getName().startsWith(specialist + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoFailsIsNotBlamedOnOthersOfTheSameHost() {
        swarm.specialists().does("first", request -> {
            throw Status.UNAVAILABLE.asRuntimeException();
        });
        for (int i = 0; i < 5; i++) {
            run();
        }
        swarm.plans("second", "third");
        assertThat(run().getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
    }

    @Test
    void callsThatRunOutOfTimeOpenTheBreaker() {
        CountDownLatch never = new CountDownLatch(1);
        swarm.specialists().does("first", request -> {
            never.await();
            return "late";
        });
        Task impatient = task("hello").toBuilder()
                .setConstraints(Constraints.newBuilder().setTimeout(Durations.fromMillis(400)))
                .build();
        for (int i = 0; i < 5; i++) {
            assertThat(run(impatient).getSteps(0).getCode()).isEqualTo(ErrorCode.SPECIALIST_TIMEOUT.name());
        }
        assertThat(swarm.bean(EndpointGuards.class).breakers().getAllCircuitBreakers())
                .extracting(CircuitBreaker::getState)
                .containsExactly(CircuitBreaker.State.OPEN);
        assertThat(run(impatient).getSteps(0).getCode()).isEqualTo(ErrorCode.SPECIALIST_UNAVAILABLE.name());
    }

    @Test
    @Tag("long")
    void anEndpointThatAcceptsAndAnswersNothingIsGivenUp() throws Exception {
        try (ServerSocket hole = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            swarm.register(Plans.contract("hole"), "127.0.0.1:" + hole.getLocalPort());
            swarm.plans("hole");
            assertThat(run().getSteps(0).getCode()).isEqualTo(ErrorCode.SPECIALIST_UNAVAILABLE.name());
        }
    }

    @Test
    void whoWaitsForASilentSpecialistHoldsNobodyUp() {
        CountDownLatch cancelled = swarm.specialists().hangs("first");
        String waiting = swarm.client()
                .submitTask(
                        SubmitTaskRequest.newBuilder().setTask(task("hello")).build())
                .getTaskId();
        await().until(() -> swarm.specialists().calls("first") == 1);
        swarm.plans("second", "third");
        assertThat(run().getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(ended(waiting)).isFalse();
        assertThat(cancelled.getCount()).isOne();
        swarm.client()
                .cancelTask(CancelTaskRequest.newBuilder().setTaskId(waiting).build());
        await().until(() -> ended(waiting));
    }

    @Test
    void whatIsTooMuchIsRefusedAtOnceAndNothingElseIsDisturbed() {
        CountDownLatch go = new CountDownLatch(1);
        swarm.specialists().does("first", request -> {
            go.await();
            return "late";
        });
        SubmitTaskRequest submit =
                SubmitTaskRequest.newBuilder().setTask(task("hello")).build();
        // One runs, one more does as soon as the first one's specialist is known to be silent, and one waits.
        List<String> accepted = new ArrayList<>();
        assertThatThrownBy(() -> {
                    while (accepted.size() < 4) {
                        accepted.add(swarm.client().submitTask(submit).getTaskId());
                    }
                })
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(refusal.getTrailers().get(Errors.PUSHBACK)).isNotNull();
                    assertThat(Errors.fromGrpc(refusal).retryAfter()).isPresent();
                });
        go.countDown();
        await().until(() -> accepted.stream().allMatch(this::ended));
    }

    private boolean ended(String id) {
        return swarm.client()
                        .getTask(GetTaskRequest.newBuilder().setTaskId(id).build())
                        .getResult()
                        .getState()
                == TaskResult.State.ENDED;
    }

    private TaskResult run() {
        return run(task("hello"));
    }

    private TaskResult run(Task task) {
        return swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
    }
}
