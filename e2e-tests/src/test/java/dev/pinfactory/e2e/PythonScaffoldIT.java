package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.orchestrator.standalone.TestingSwarm;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From {@code pin new specialist --language python} to tasks that use it, with the commands that its README tells. */
class PythonScaffoldIT {
    @Test
    void scaffoldInPythonKeepsTheContractIsPlannedAndComesBackAfterAKill(@TempDir Path folder) {
        PythonFolder python = PythonFolder.scaffolded(folder.resolve("mine"));
        assertThat(python.run("-m", "unittest", "-b").succeeded().err()).contains("Ran 5 tests");
        String port = FreePorts.some(1).getFirst();
        try (TestingSwarm swarm = TestingSwarm.start()) {
            try (Command.Running specialist = python.serve(port, "--registry", swarm.registryAddress())) {
                keepsTheContract(python, "127.0.0.1:" + port);
                awaitComplete(swarm);
                takesWhatElseTravelsByReference(swarm);
                specialist.process().destroyForcibly();
                specialist.await();
                assertThat(status(swarm)).isNotEqualTo(TaskResult.Status.COMPLETE);
            }
            try (Command.Running again = python.serve(port, "--registry", swarm.registryAddress())) {
                awaitComplete(swarm);
                again.process().destroy();
                assertThat(again.await().exitCode()).isZero();
            }
        }
    }

    private static void keepsTheContract(PythonFolder python, String address) {
        Path testkit = Root.resolve("specialists/testkit/target/pinfactory-specialists-testkit-0.1.0-exec.jar");
        String samples = PythonFolder.NAME + "=" + python.path().resolve("samples.json");
        Command.Answer report = Command.of(Root.java(), "-jar", testkit.toString(), address, "--samples", samples)
                .run()
                .succeeded();
        assertThat(report.out()).contains("checks passed").doesNotContain("FAILED");
    }

    private static void awaitComplete(TestingSwarm swarm) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> status(swarm) == TaskResult.Status.COMPLETE);
        TaskResult result = run(swarm);
        assertThat(result.getPlan().getStepsList())
                .extracting(Step::getSpecialist)
                .isEqualTo(List.of(PythonFolder.NAME));
        assertThat(result.getOutput().toString()).contains("pins");
        assertThat(result.getProvenanceMap().values())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.toString()).contains(PythonFolder.NAME));
    }

    /** Which the scaffold does not take, so that it comes inline. */
    private static void takesWhatElseTravelsByReference(TestingSwarm swarm) {
        TaskResult result = run(swarm, "Pins are packed. ".repeat(30_000));
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getOutput().toString()).contains("30000");
    }

    /** Of the task; UNSPECIFIED where it was not even accepted. */
    private static TaskResult.Status status(TestingSwarm swarm) {
        try {
            return run(swarm).getStatus();
        } catch (StatusRuntimeException e) {
            return TaskResult.Status.STATUS_UNSPECIFIED;
        }
    }

    private static TaskResult run(TestingSwarm swarm) {
        return run(swarm, "The press makes pins. Pins are counted, and pins are packed.");
    }

    private static TaskResult run(TestingSwarm swarm, String text) {
        Task task = Task.newBuilder()
                .setInstruction("List the key terms of the text")
                .addInputs(PythonFolder.request(text).getInputs(0))
                .build();
        return SwarmServiceGrpc.newBlockingStub(swarm.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
    }
}
