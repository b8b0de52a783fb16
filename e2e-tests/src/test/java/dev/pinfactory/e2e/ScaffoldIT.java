package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.TaskResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From {@code pin new specialist} to a task that uses it, with the commands that its README tells. */
@ExtendWith(UpSwarm.Shared.class)
class ScaffoldIT {
    private static final String NAME = "word-tally";

    @Test
    void scaffoldBuildsKeepsTheContractRegistersAndIsUsed(UpSwarm swarm, @TempDir Path folder) {
        Path directory = folder.resolve(NAME);
        assertThat(swarm.pin("new", "specialist", NAME, "--dir", directory.toString())
                        .run()
                        .succeeded()
                        .out())
                .contains("./pin build " + directory);
        Command.Answer built = swarm.pin("build", directory.toString())
                .with("MAVEN_OPTS", "-Dmaven.repo.local=" + System.getProperty("pinfactory.maven-repository"))
                .run()
                .succeeded();
        Path jar = directory.resolve("target/pinfactory-specialists-" + NAME + "-0.1.0-exec.jar");
        assertThat(built.out()).contains(jar.toString());
        assertThat(built.err()).contains("Tests run:");

        String port = FreePorts.some(1).getFirst();
        try (Command.Running specialist = Command.of(
                        Root.java(),
                        "-jar",
                        jar.toString(),
                        "--pinfactory.data-dir=" + swarm.data(),
                        "--spring.grpc.server.port=" + port)
                .start()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> swarm.pin("specialists").run().out().contains(NAME));
            keepsTheContract("127.0.0.1:" + port);
            isUsedForItsExample(swarm);
            specialist.process().destroy();
            assertThat(specialist.await().exitCode()).isEqualTo(143);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> swarm.pin("specialists")
                        .run()
                        .out()
                        .lines()
                        .anyMatch(line -> line.startsWith(NAME) && line.endsWith("not available")));
    }

    private static void keepsTheContract(String address) {
        Path testkit = Root.resolve("specialists/testkit/target/pinfactory-specialists-testkit-0.1.0-exec.jar");
        Command.Answer report = Command.of(Root.java(), "-jar", testkit.toString(), address)
                .run()
                .succeeded();
        assertThat(report.out()).contains("checks passed").doesNotContain("FAILED");
    }

    private static void isUsedForItsExample(UpSwarm swarm) {
        TaskResult result = UpSwarm.result(swarm.pin(
                        "run",
                        "--json",
                        "--instruction",
                        "List the key terms of the text",
                        "--input",
                        "text=The press makes pins. Pins are counted, and pins are packed.")
                .run()
                .succeeded()
                .out());
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getPlan().getStepsList())
                .extracting(Step::getSpecialist)
                .isEqualTo(List.of(NAME));
        assertThat(result.getOutput().toString()).contains("pins");
        assertThat(result.getProvenanceMap().values())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.toString()).contains(NAME));
    }
}
