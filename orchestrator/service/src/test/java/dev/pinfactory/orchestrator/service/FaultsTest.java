package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.orchestrator.service.dispatch.EndpointGuards;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.*;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
                folder, "pinfactory.orchestrator.admission.concurrency=1", "pinfactory.orchestrator.admission.queue=1");
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
        assertThat(run().getSteps(0).getCode()).isEqualTo(ErrorCode.SPECIALIST_UNAVAILABLE.name());
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
        String first = swarm.client().submitTask(submit).getTaskId();
        String second = swarm.client().submitTask(submit).getTaskId();
        assertThatThrownBy(() -> swarm.client().submitTask(submit))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(refusal.getTrailers().get(Errors.PUSHBACK)).isNotNull();
                    assertThat(Errors.fromGrpc(refusal).retryAfter()).isPresent();
                });
        go.countDown();
        await().until(() -> ended(first) && ended(second));
    }

    private boolean ended(String id) {
        return swarm.client()
                        .getTask(GetTaskRequest.newBuilder().setTaskId(id).build())
                        .getResult()
                        .getState()
                == TaskResult.State.ENDED;
    }

    private TaskResult run() {
        return swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(task("hello")).build())
                .getResult();
    }
}
