package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.orchestrator.service.testing.FakeSpecialist;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of a specialist's replicas is gone: with the calls that it had, or before any reached it. */
class LostReplicaTest {
    private static final int TASKS = 60;

    @TempDir
    Path folder;

    private TestingSwarm swarm;

    private void start(String... properties) throws Exception {
        swarm = new TestingSwarm(folder, properties);
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
    }

    @Test
    void allCallsThatItHadGoToAnotherOne() throws Exception {
        start(
                "pinfactory.orchestrator.admission.concurrency=" + TASKS,
                "pinfactory.orchestrator.admission.min-concurrency=" + TASKS,
                "pinfactory.orchestrator.admission.queue=" + TASKS);
        CountDownLatch arrived = new CountDownLatch(TASKS);
        FakeSpecialist dying = new FakeSpecialist();
        dying.does("twins", request -> {
            arrived.countDown();
            arrived.await();
            throw Status.UNAVAILABLE.asRuntimeException();
        });
        FakeSpecialist living = new FakeSpecialist();
        living.does("twins", request -> {
            arrived.countDown();
            arrived.await();
            return "alive";
        });
        swarm.register(Plans.contract("twins"), swarm.listen(dying), swarm.listen(living));
        swarm.plans("twins");

        List<TaskResult> results = run(TASKS);

        assertThat(dying.calls("twins")).as("many calls are lost at once").isGreaterThan(10);
        assertThat(results).extracting(TaskResult::getStatus).containsOnly(TaskResult.Status.COMPLETE);
    }

    @Test
    void whereNobodyListensNothingWasTried() throws Exception {
        start("pinfactory.orchestrator.dispatch.max-attempts=1", "pinfactory.orchestrator.dispatch.retry-burst=0");
        swarm.register(
                Plans.contract("twins"),
                "127.0.0.1:" + portOfNobody(),
                "127.0.0.1:" + portOfNobody(),
                swarm.listen(swarm.specialists()));
        swarm.plans("twins");

        assertThat(run(20)).extracting(TaskResult::getStatus).containsOnly(TaskResult.Status.COMPLETE);
    }

    private List<TaskResult> run(int tasks) {
        List<String> ids = IntStream.range(0, tasks)
                .mapToObj(i -> swarm.client()
                        .submitTask(SubmitTaskRequest.newBuilder()
                                .setTask(task("hello"))
                                .build())
                        .getTaskId())
                .toList();
        await().until(() -> ids.stream().allMatch(id -> result(id).getState() == TaskResult.State.ENDED));
        return ids.stream().map(this::result).toList();
    }

    private TaskResult result(String id) {
        return swarm.client()
                .getTask(GetTaskRequest.newBuilder().setTaskId(id).build())
                .getResult();
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
