package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.e2e.ProcessSwarm.Role;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.ListSpecialistsRequest;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskInput;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.WatchTaskRequest;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import dev.pinfactory.specialists.testkit.TestingSpecialist;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of each role in the middle of tasks. One swarm for all, because it takes some time to start; each test heals what it broke. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT {
    private static final String LANGUAGE = "Which language is this note written in?";
    private static final int TASKS = 10;

    @TempDir
    static Path data;

    private static final Channels CHANNELS = new Channels();
    private static ProcessSwarm swarm;
    private static TestingSpecialist slow;
    private static Registration registration;

    @BeforeAll
    static void start() throws InterruptedException {
        swarm = ProcessSwarm.start(data);
        slow = TestingSpecialist.onPort(slowCard()).after(Duration.ofSeconds(2));
        registration = register(slow);
    }

    @AfterAll
    static void stop() {
        registration.close();
        CHANNELS.close();
        slow.close();
        swarm.close();
    }

    @Test
    @Order(1)
    void registryKilledTasksGoOn() {
        swarm.kill(Role.REGISTRY);

        TaskResult result = run(note(LANGUAGE));

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        swarm.start(Role.REGISTRY);
    }

    @Test
    @Order(2)
    void routerKilledTasksThatRunGoOn() {
        String running = submit(slowTask());
        awaitStepStarted(running);

        swarm.kill(Role.ROUTER);

        assertThat(await(running).getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        swarm.start(Role.ROUTER);
        assertThat(run(note(LANGUAGE)).getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
    }

    @Test
    @Order(3)
    void orchestratorKilledEveryAcknowledgedTaskEndsOnce() {
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            acknowledged.add(submit(slowTask()));
        }
        awaitStepStarted(acknowledged.getFirst());

        swarm.kill(Role.ORCHESTRATOR);
        swarm.start(Role.ORCHESTRATOR);

        for (String task : acknowledged) {
            TaskResult result = await(task);
            assertThat(result.getStatus()).as(result.toString()).isEqualTo(TaskResult.Status.COMPLETE);
            assertThat(events(task)).filteredOn(TaskEvent::hasEnded).hasSize(1);
        }
    }

    @Test
    @Order(4)
    void specialistsKilledTheTaskSaysWhatIsMissingAndTheyComeBack() {
        swarm.kill(Role.HOST);

        TaskResult without = run(note(LANGUAGE));

        assertThat(without.getState()).isEqualTo(TaskResult.State.ENDED);
        assertThat(without.getStatus())
                .isIn(TaskResult.Status.FAILED, TaskResult.Status.REFUSED, TaskResult.Status.PARTIAL);
        assertThat(without.getStepsList())
                .filteredOn(step -> step.getOutcome() == StepReport.Outcome.FAILED)
                .allSatisfy(step -> assertThat(step.getCode()).startsWith("SPECIALIST_"));
        swarm.start(Role.HOST);
        // Healthy is not yet known to the orchestrator: the host registers, and the change has to arrive.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(KillIT::languageIsAvailable);
        // The circuit breaker that the dead process opened lets calls through again after a while.
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> run(note(LANGUAGE)).getStatus() == TaskResult.Status.COMPLETE);
    }

    private static boolean languageIsAvailable() {
        return swarm.stub().listSpecialists(ListSpecialistsRequest.getDefaultInstance()).getSpecialistsList().stream()
                .anyMatch(specialist ->
                        specialist.getContract().getId().equals("language-id") && specialist.getAvailable());
    }

    private static TaskResult run(Task task) {
        return swarm.stub()
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
    }

    private static String submit(Task task) {
        return swarm.stub()
                .submitTask(SubmitTaskRequest.newBuilder().setTask(task).build())
                .getTaskId();
    }

    private static TaskResult await(String task) {
        events(task);
        return swarm.stub()
                .getTask(GetTaskRequest.newBuilder().setTaskId(task).build())
                .getResult();
    }

    /** All events of a task; returns when it has ended. */
    private static List<TaskEvent> events(String task) {
        List<TaskEvent> events = new ArrayList<>();
        swarm.stub()
                .watchTask(WatchTaskRequest.newBuilder().setTaskId(task).build())
                .forEachRemaining(response -> events.add(response.getEvent()));
        return events;
    }

    private static void awaitStepStarted(String task) {
        var events = swarm.stub()
                .watchTask(WatchTaskRequest.newBuilder().setTaskId(task).build());
        while (events.hasNext()) {
            if (events.next().getEvent().hasStepStarted()) {
                return;
            }
        }
        throw new AssertionError("the task ended before a step started");
    }

    private static Task note(String instruction) {
        return Task.newBuilder()
                .setInstruction(instruction)
                .addInputs(text("note", "Der Zug nach München hatte gestern leider zwei Stunden Verspätung."))
                .build();
    }

    private static Artifact text(String name, String text) {
        return Artifact.newBuilder().setName(name).setType("text").setText(text).build();
    }

    /** One call that takes two seconds, with its plan, so that the router is not asked. */
    private static Task slowTask() {
        Contract contract = slow.card().getContract();
        Step step = Step.newBuilder()
                .setId("slow")
                .setSpecialist(contract.getId())
                .setContractDigest(Digests.of(contract))
                .setDeliverable(true)
                .setRequired(true)
                .addInputs(InputBinding.newBuilder()
                        .setPort("text")
                        .addSources(Binding.newBuilder()
                                .setTaskInput(TaskInput.newBuilder().setName("note"))))
                .build();
        Plan plan = Plan.newBuilder()
                .addSteps(step)
                .addOutput(OutputMapping.newBuilder()
                        .setTarget("/copy")
                        .addSources(StepOutput.newBuilder().setStep("slow").setOutput("copy")))
                .setPlanner(Plan.Planner.CALLER)
                .build();
        return note("Copy the note").toBuilder().setPlan(plan).build();
    }

    private static Card slowCard() {
        return Card.newBuilder()
                .setContract(Contract.newBuilder()
                        .setId("slow-copy")
                        .setCapability("test.copy")
                        .setSummary("Copies a text, slowly.")
                        .setKind(Contract.Kind.CODE)
                        .setIdempotent(true)
                        .addInputs(Port.newBuilder().setName("text").setType("text"))
                        .addOutputs(Port.newBuilder().setName("copy").setType("text")))
                .setVersion(Version.newBuilder().setNumber("1.0.0"))
                .build();
    }

    private static Registration register(TestingSpecialist specialist) throws InterruptedException {
        Endpoint endpoint = Endpoint.newBuilder()
                .setAddress(specialist.address())
                .setInstance("slow-copy-1")
                .build();
        Registration started = Registration.start(
                CHANNELS, swarm.address(Role.REGISTRY), List.of(specialist.card()), endpoint, Duration.ofSeconds(15));
        assertThat(started.awaitRegistered(Duration.ofSeconds(20))).isTrue();
        return started;
    }
}
