package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README, as a newcomer types them. */
class PinIT {
    @TempDir
    Path data;

    private Command pin(String... arguments) {
        return Command.pin(data, arguments);
    }

    private static TaskResult result(String json) throws IOException {
        TaskResult.Builder result = TaskResult.newBuilder();
        JsonFormat.parser().merge(json, result);
        return result.build();
    }

    @Test
    void exampleRunsThreeOrMoreSpecialistsAndEndsComplete() {
        Command.Answer answer = pin("run", "examples/expense-claim.yaml").run().succeeded();

        assertThat(answer.out()).contains("Plan", "Timeline", "Result", "COMPLETE", "64.90", "from receipt at");
        assertThat(answer.err()).contains("Starting a private swarm");
    }

    @Test
    void jsonIsTheTaskResultAloneAndEveryLeafNamesItsSource() throws IOException {
        Command.Answer answer =
                pin("run", "examples/expense-claim.yaml", "--json").run().succeeded();

        TaskResult result = result(answer.out());
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getStepsList())
                .filteredOn(step -> step.getOutcome() == StepReport.Outcome.SUCCEEDED)
                .extracting(StepReport::getSpecialist)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(3);
        List<String> leaves = new ArrayList<>();
        collect("", result.getOutput(), leaves);
        assertThat(leaves).isNotEmpty();
        assertThat(result.getProvenanceMap().keySet()).containsAll(leaves);
        assertThat(answer.out()).contains("\"conflicts\": []", "\"missing\": []", "\"needsReview\":");
    }

    @Test
    void otherInputsGiveAnotherPlanAndAnotherResult() throws IOException {
        Command.Answer answer = pin(
                        "run",
                        "--json",
                        "-i",
                        "Which language is this note written in?",
                        "--input",
                        "note=Der Zug nach München hatte gestern leider zwei Stunden Verspätung.")
                .run()
                .succeeded();

        TaskResult result = result(answer.out());
        assertThat(result.getPlan().getStepsList()).hasSize(1);
        assertThat(answer.out()).contains("\"de\"");
    }

    @Test
    void privateSwarmNeedsNoneOfTheUsualPorts() throws IOException {
        try (TakenPorts others = TakenPorts.take(8080, 8443, 9090, 9101, 9102, 9103, 9201, 9202)) {
            Command.Answer answer = pin(
                            "run",
                            "--json",
                            "-i",
                            "Which language is this note written in?",
                            "--input",
                            "note=Questa mattina il treno per Torino era in ritardo di due ore.")
                    .run()
                    .succeeded();

            assertThat(answer.err()).contains("Starting a private swarm");
            assertThat(result(answer.out()).getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
            assertThat(answer.out()).contains("\"it\"");
            assertThat(others.callers())
                    .as("connections to ports of other programs")
                    .isZero();
        }
    }

    @Test
    void whatNobodyCanDoIsRefusedWithItsOwnExitCode() {
        Command.Answer answer = pin("run", "-i", "Hello, how are you today?").run();

        assertThat(answer.exitCode()).isEqualTo(5);
        assertThat(answer.out()).contains("Refused");
    }

    @Test
    void planOnlyPlans() {
        Command.Answer answer = pin("plan", "examples/expense-claim.yaml").run().succeeded();

        assertThat(answer.out()).contains("Plan").doesNotContain("Timeline", "Result");
    }

    @Test
    void evaluationPrintsItsFiguresAndNothingElse() throws IOException {
        Path requests = Files.writeString(data.resolve("requests.jsonl"), """
                {"id": "1", "request": "Summarize the letter.", "nodes": [{"tool": "summary"}], "links": []}
                """);
        Path card = Root.resolve("specialists/summary/src/main/resources/dev/pinfactory/specialists/summary/card.yaml");

        Command.Answer answer = pin("eval", "router", "--cards", card.toString(), "--requests", requests.toString())
                .run()
                .succeeded();

        assertThat(answer.out()).startsWith("1 requests, 1 labelled").contains("node F1");
    }

    @Test
    void aSpecialistIsMeasuredByItsAnswers() throws IOException {
        Path labelled = Files.writeString(data.resolve("texts.jsonl"), """
                {"text": "Where is my card? It should have arrived last week.", "label": "card_arrival"}
                """);
        Path figures = data.resolve("figures.json");

        Command.Answer answer = pin(
                        "eval", "specialist", "intent", "--data", labelled.toString(), "--json", figures.toString())
                .run()
                .succeeded();

        assertThat(answer.out()).startsWith("intent ").contains("1 items", "accuracy", "100.00 %");
        assertThat(Files.readString(figures)).contains("\"specialist\" : \"intent\"", "\"n\" : 1");
        assertThat(pin("train", "specialist", "nobody").run().err())
                .contains("there is no specialist 'nobody' to train", "intent-clinc150");
    }

    @Test
    void wrongArgumentsAreAUsageError() {
        assertThat(pin("run").run().exitCode()).isEqualTo(2);
        assertThat(pin("run", "no-such-file.yaml").run().err()).contains("no-such-file.yaml");
        assertThat(pin("fly").run().exitCode()).isEqualTo(2);
    }

    @Test
    void helpExplainsACommand() {
        assertThat(pin("help", "run").run().succeeded().out()).contains("--instruction", "Exit codes");
        assertThat(pin().run().succeeded().out()).contains("specialists", "doctor", "test [--quick]");
        for (String command : List.of("up", "doctor", "train", "test", "build", "images")) {
            assertThat(pin("help", command).run().succeeded().out())
                    .containsPattern("Usage: (./)?pin " + command + "\\b");
        }
        assertThat(pin("help", "fly").run().exitCode()).isEqualTo(2);
    }

    @Test
    void aTakenPortIsSaidInOneLine() throws IOException {
        List<String> ports = FreePorts.some(3);
        for (int taken = 0; taken < 3; taken++) {
            try (var holder =
                    new ServerSocket(Integer.parseInt(ports.get(taken)), 1, InetAddress.getLoopbackAddress())) {
                String option =
                        List.of("--rest-port", "--grpc-port", "--registry-port").get(taken);
                Command.Answer answer = pin(
                                "up",
                                "--rest-port",
                                ports.get(0),
                                "--grpc-port",
                                ports.get(1),
                                "--registry-port",
                                ports.get(2))
                        .run();
                assertThat(answer.exitCode()).isEqualTo(2);
                assertThat(answer.err().strip().lines())
                        .singleElement()
                        .asString()
                        .contains("port " + holder.getLocalPort(), "is taken", option);
            }
        }
        assertThat(SwarmProcesses.of(data)).isEmpty();
    }

    @Test
    void swarmInOneProcessStaysUntilItIsTakenDown() {
        List<String> ports = FreePorts.some(3);
        String[] up = {"up", "--rest-port", ports.get(0), "--grpc-port", ports.get(1), "--registry-port", ports.get(2)};
        pin(up).run().succeeded();
        try {
            assertThat(pin("status").run().succeeded().out()).contains("standalone", "running", "healthy");
            assertThat(pin("specialists").run().succeeded().out())
                    .contains("language-id", "intent", "pii", "receipt-fields", "summary", "sentiment");
            Command.Answer run = pin("run", "examples/expense-claim.yaml").run().succeeded();
            assertThat(run.err()).doesNotContain("Starting a private swarm");
            assertThat(pin("plan", "examples/expense-claim.yaml", "--pin", "expense-claim")
                            .run()
                            .succeeded()
                            .out())
                    .endsWith("expense-claim@1\n");
        } finally {
            assertThat(pin("down").run().succeeded().out()).contains("Stopped the standalone");
        }
        assertThat(pin("status").run().exitCode()).isEqualTo(1);
        assertThat(SwarmProcesses.of(data)).isEmpty();

        // Once more, on what the first one left.
        pin(up).run().succeeded();
        try {
            assertThat(pin("run", "examples/expense-claim.yaml", "--pinned", "expense-claim")
                            .run()
                            .succeeded()
                            .out())
                    .contains("pinned as expense-claim@1");
            pin("plan", "golden", "examples/golden.yaml").run().succeeded();
            Command.Answer impact = pin("plan", "impact", "examples/tone-card.yaml", "--golden", "examples/golden.yaml")
                    .run();
            assertThat(impact.exitCode()).as(impact.err()).isEqualTo(1);
            assertThat(impact.out())
                    .containsPattern("sentiment +0\\.\\d\\d  same types  nearly the same")
                    .contains("Recent requests");
            assertThat(impact.err()).contains("without and with the card");
        } finally {
            assertThat(pin("down").run().succeeded().out()).contains("Stopped the standalone");
        }
        assertThat(SwarmProcesses.of(data)).isEmpty();
    }

    @Test
    void aSwarmThatWantsTokensTakesThoseOfThisMachine() {
        List<String> ports = FreePorts.some(3);
        pin(
                        "up",
                        "--authenticated",
                        "--rest-port",
                        ports.get(0),
                        "--grpc-port",
                        ports.get(1),
                        "--registry-port",
                        ports.get(2))
                .run()
                .succeeded();
        try {
            assertThat(pin("specialists").run().err()).contains("UNAUTHENTICATED");
            String caller = token("caller");
            assertThat(pin("run", "examples/expense-claim.yaml")
                            .with("PINFACTORY_TOKEN", caller)
                            .run()
                            .succeeded()
                            .out())
                    .contains("COMPLETE");
            Command.Answer reviewer = pin("run", "examples/expense-claim.yaml")
                    .with("PINFACTORY_TOKEN", token("reviewer"))
                    .run();
            assertThat(reviewer.exitCode()).isNotZero();
            assertThat(reviewer.err()).contains("PERMISSION_DENIED");
            assertThat(pin("token", "--tenant", "acme", "--role", "admin").run().err())
                    .contains("--role is 'admin'; expected one of caller, reviewer, platform, operator");
        } finally {
            assertThat(pin("down").run().succeeded().out()).contains("Stopped the standalone");
        }
    }

    private String token(String role) {
        return pin("token", "--tenant", "acme", "--role", role)
                .run()
                .succeeded()
                .out()
                .strip();
    }

    @Test
    void aPinIsNotLostInAPrivateSwarm() {
        Command.Answer answer = pin("plan", "examples/expense-claim.yaml", "--pin", "expense-claim")
                .run();
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("no swarm is running", "--endpoint");
    }

    private static void collect(String pointer, Value value, List<String> leaves) {
        switch (value.getKindCase()) {
            case STRUCT_VALUE ->
                value.getStructValue()
                        .getFieldsMap()
                        .forEach((key, item) ->
                                collect(pointer + "/" + key.replace("~", "~0").replace("/", "~1"), item, leaves));
            case LIST_VALUE -> {
                for (int i = 0; i < value.getListValue().getValuesCount(); i++) {
                    collect(pointer + "/" + i, value.getListValue().getValues(i), leaves);
                }
            }
            default -> leaves.add(pointer);
        }
    }
}
