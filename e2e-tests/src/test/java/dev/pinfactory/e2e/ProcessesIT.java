package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.StreamTaskRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.StatusRuntimeException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process for each role, from {@code pin up --processes} to {@code pin down}, and calls through the gateway. */
@ExtendWith(UpSwarm.Shared.class)
class ProcessesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Task note(String instruction) {
        return Task.newBuilder()
                .setInstruction(instruction)
                .addInputs(Artifact.newBuilder()
                        .setName("note")
                        .setType("text")
                        .setText("Der Zug nach München hatte gestern leider zwei Stunden Verspätung."))
                .build();
    }

    @Test
    void eachRoleIsAProcessAndAllAreShown(UpSwarm swarm) {
        assertThat(SwarmProcesses.of(swarm.data())).hasSize(5);
        assertThat(swarm.pin("status").run().succeeded().out())
                .contains("registry ", "host ", "router ", "orchestrator ", "gateway ", "healthy", "tls/gateway.crt")
                .doesNotContain("gone", "not healthy");
        assertThat(swarm.pin("specialists").run().succeeded().out())
                .contains("language-id", "intent", "pii", "pii-redact", "receipt-fields", "summary", "sentiment");
    }

    @Test
    void runUsesTheRunningSwarm(UpSwarm swarm) {
        Command.Answer answer =
                swarm.pin("run", "examples/expense-claim.yaml", "--json").run().succeeded();

        assertThat(answer.err()).doesNotContain("Starting", "SLF4J");
        TaskResult result = UpSwarm.result(answer.out());
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getStepsCount()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void restGoesThroughTheGateway(UpSwarm swarm) throws Exception {
        HttpResponse<String> complete = swarm.http()
                .send(
                        swarm.request("/v1/tasks")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("""
                                        {"instruction": "Which language is this note written in?",
                                         "inputs": [{"name": "note", "type": "text", "text": "Guten Morgen, wie geht es Ihnen heute?"}]}"""))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(complete.statusCode()).as(complete.body()).isEqualTo(200);
        TaskResult result = UpSwarm.result(complete.body());
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);

        HttpResponse<String> events = swarm.http()
                .send(
                        swarm.request("/v1/tasks/" + result.getTaskId() + "/events")
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(events.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(events.body()).contains("planned", "stepEnded", "ended");
    }

    @Test
    void grpcGoesThroughTheSamePort(UpSwarm swarm) {
        Task task = note("Which language is this note written in?");

        TaskResult result = swarm.stub()
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);

        List<TaskEvent> events = new ArrayList<>();
        swarm.stub()
                .streamTask(StreamTaskRequest.newBuilder().setTask(task).build())
                .forEachRemaining(response -> events.add(response.getEvent()));
        assertThat(events).first().matches(event -> event.getSequence() == 1);
        assertThat(events).last().matches(TaskEvent::hasEnded);

        PinfactoryException error = Errors.fromGrpc(catchThrowableOfType(
                StatusRuntimeException.class,
                () -> swarm.stub()
                        .runTask(RunTaskRequest.newBuilder().setTask(note(" ")).build())));
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(error.violations())
                .first()
                .matches(violation -> violation.field().equals("instruction"));
    }

    @Test
    void upSaysThatASwarmRunsAndLeavesItAlone(UpSwarm swarm) {
        Command.Answer answer = swarm.pin("up").run().succeeded();

        assertThat(answer.out()).contains("running already", "./pin down");
        assertThat(swarm.pin("status").run().succeeded().out())
                .contains("gateway ")
                .doesNotContain("gone");
    }

    @Test
    void upNamesThePortThatIsTaken(UpSwarm swarm, @TempDir Path data) {
        List<String> ports = new ArrayList<>(FreePorts.forProcesses());
        ports.set(2, String.valueOf(swarm.gatewayPort()));

        Command.Answer answer = Command.pin(data, UpSwarm.up(ports)).run();

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("port " + swarm.gatewayPort(), "the gateway", "--gateway-port");
        assertThat(SwarmProcesses.of(data)).isEmpty();
        assertThat(Command.pin(data, "status").run().exitCode()).isEqualTo(1);
    }

    @Test
    void anInterruptedUpLeavesNoProcess(@TempDir Path data) {
        try (Command.Running up =
                Command.pin(data, UpSwarm.up(FreePorts.forProcesses())).start()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> SwarmProcesses.of(data).size() == 1);
            up.signal("TERM");

            assertThat(up.await().exitCode()).isEqualTo(143);
        }

        Awaitility.await().atMost(PATIENCE).until(() -> SwarmProcesses.of(data).isEmpty());
        assertThat(Command.pin(data, "status").run().out()).contains("No swarm is running");
    }

    @Test
    void whatIsLeftOfASwarmIsShownAndTakenDown(@TempDir Path data) {
        String[] up = UpSwarm.up(FreePorts.forProcesses());
        Command.pin(data, up)
                .with("JAVA_TOOL_OPTIONS", UpSwarm.QUICK_START)
                .run()
                .succeeded();
        assertThat(SwarmProcesses.role(data, "orchestrator-gateway").destroyForcibly())
                .isTrue();
        Awaitility.await().atMost(PATIENCE).until(() -> SwarmProcesses.of(data).size() == 4);

        Command.Answer status = Command.pin(data, "status").run();
        assertThat(status.exitCode()).isEqualTo(4);
        assertThat(status.out()).contains("gone");
        Command.Answer again = Command.pin(data, up).run();
        assertThat(again.exitCode()).isEqualTo(4);
        assertThat(again.out()).contains("Parts of a swarm are left", "./pin down");

        assertThat(Command.pin(data, "down").run().succeeded().out())
                .contains("Stopped the orchestrator.", "Stopped the registry.")
                .doesNotContain("was killed");
        assertThat(SwarmProcesses.of(data)).isEmpty();
    }
}
