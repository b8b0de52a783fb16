package dev.pinfactory.orchestrator.service.shadow;

import static dev.pinfactory.orchestrator.service.testing.Plans.contract;
import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.orchestrator.service.store.OutboxReader;
import dev.pinfactory.orchestrator.service.testing.FakeSpecialist;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.ShadowCompared;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.StepReport.Outcome;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that is tried beside the one in use. */
class ShadowsTest {
    @TempDir
    Path folder;

    private final FakeSpecialist tried = new FakeSpecialist();
    private TestingSwarm swarm;

    @BeforeEach
    void start() throws Exception {
        swarm = new TestingSwarm(folder, "pinfactory.orchestrator.shadows.concurrency=1");
        String used = swarm.listen(swarm.specialists());
        swarm.register(contract("model").toBuilder().setId("model").build(), used);
        swarm.shadow("model", "2.0.0", swarm.listen(tried));
        swarm.plans("model");
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
    }

    @Test
    void itIsGivenTheSameAndComparedAndNeverUsed() {
        tried.does("model", request -> "other");
        TaskResult result = run("hello");
        assertThat(result.getOutput().getStructValue().getFieldsOrThrow("text").getStringValue())
                .isEqualTo("HELLO");
        ShadowCompared compared = compared(1).getFirst();
        assertThat(compared.getTaskId()).isEqualTo(result.getTaskId());
        assertThat(compared.getVersion()).isEqualTo("1.0.0");
        assertThat(compared.getShadowVersion()).isEqualTo("2.0.0");
        assertThat(compared.getShadowOutcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(compared.getAgreement()).isZero();
        InferRequest given = tried.requests().getFirst();
        assertThat(given.getVersion()).isEqualTo("2.0.0");
        assertThat(given.getInputsList())
                .isEqualTo(swarm.specialists().requests().getFirst().getInputsList());
    }

    @Test
    void theSameAnswerAgrees() {
        run("hello");
        assertThat(compared(1).getFirst().getAgreement()).isEqualTo(1);
    }

    @Test
    void itsFailureIsToldAndHurtsNobody() {
        tried.does("model", request -> {
            throw Status.INTERNAL.asRuntimeException();
        });
        for (int i = 0; i < 8; i++) {
            assertThat(run("hello").getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
            compared(i + 1);
        }
        assertThat(compared(8)).allSatisfy(one -> {
            assertThat(one.getShadowOutcome()).isEqualTo(Outcome.FAILED);
            assertThat(one.getCode()).isEqualTo("SPECIALIST_FAILED");
        });
    }

    @Test
    void noTaskWaitsForItAndWhatIsTooMuchIsLeftOut() {
        CountDownLatch let = new CountDownLatch(1);
        tried.does("model", request -> {
            let.await();
            return "HELLO";
        });
        assertThat(run("hello").getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        await().until(() -> tried.running() == 1);
        assertThat(run("hello").getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        await().until(() -> swarm.bean(Shadows.class).leftOut() == 1);
        let.countDown();
        assertThat(compared(1)).hasSize(1);
        assertThat(tried.calls("model")).isEqualTo(1);
    }

    private TaskResult run(String text) {
        return swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(task(text)).build())
                .getResult();
    }

    private List<ShadowCompared> compared(int count) {
        await().until(() -> comparisons().size() >= count);
        return comparisons();
    }

    private List<ShadowCompared> comparisons() {
        return swarm.bean(OutboxReader.class).read(0, 1_000).stream()
                .filter(Event::hasShadowCompared)
                .map(Event::getShadowCompared)
                .toList();
    }
}
