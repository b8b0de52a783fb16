package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.orchestrator.standalone.TestingSwarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client examples, as they stand in the repository, against a swarm. */
class ClientsIT {
    private static TestingSwarm swarm;

    @BeforeAll
    static void start() {
        swarm = TestingSwarm.start();
    }

    @AfterAll
    static void stop() {
        swarm.close();
    }

    @Test
    void javaClientRunsATask() {
        Command.Answer answer = Command.of(
                        Root.java(),
                        "-cp",
                        Root.resolve("orchestrator/cli/target/lib") + "/*",
                        "examples/clients/RunTask.java",
                        swarm.grpcAddress())
                .run()
                .succeeded();

        assertThat(answer.out()).startsWith("COMPLETE").contains("\"en\"", "positive");
    }

    @Test
    void pythonClientRunsATask() {
        assumeTrue(isInstalled("python3"), "there is no python3 on this machine");

        Command.Answer answer = Command.of("python3", "examples/clients/run_task.py", swarm.restUrl())
                .run()
                .succeeded();

        assertThat(answer.out()).startsWith("COMPLETE").contains("\"en\"", "positive");
    }

    @Test
    void curlClientRunsATask() {
        assumeTrue(isInstalled("curl"), "there is no curl on this machine");

        Command.Answer answer = Command.of("examples/clients/run-task.sh", swarm.restUrl())
                .run()
                .succeeded();

        assertThat(answer.out()).contains("\"status\": \"COMPLETE\"", "positive");
    }

    @Test
    void grpcClientInAnotherLanguageRunsStreamsAndReadsErrors() throws IOException {
        assumeTrue(isInstalled("npm") && isInstalled("node"), "there is no Node.js on this machine");
        Path client = Files.createTempDirectory("node-client");
        for (String file : List.of("package.json", "package-lock.json", "client.js")) {
            Files.copy(Root.resolve("e2e-tests/node-client").resolve(file), client.resolve(file));
        }
        Command.of("npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", client.toString())
                .run()
                .succeeded();

        Command.Answer answer = Command.of(
                        "node",
                        client.resolve("client.js").toString(),
                        swarm.grpcAddress(),
                        Root.resolve("proto/target/classes/descriptors/pinfactory.dsc")
                                .toString())
                .run()
                .succeeded();

        assertThat(answer.out())
                .contains("run COMPLETE", "stream ended COMPLETE", "error INVALID_ARGUMENT", "health SERVING");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
