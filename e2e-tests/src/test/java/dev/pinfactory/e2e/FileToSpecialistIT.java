package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform team's own file: learnt from, served to a running swarm, planned with and called. */
class FileToSpecialistIT {
    private static final String QUESTION = "Which queue does this ticket belong to?";
    private static final String TICKET = "I took out 200 euros and the machine gave me only 100";

    private static Command pin(Path data, String... arguments) {
        return Command.pin(data, arguments).with("JAVA_TOOL_OPTIONS", UpSwarm.QUICK_START);
    }

    @Test
    void aFileOfExamplesBecomesASpecialistThatTasksUse(@TempDir Path directory) throws IOException {
        Path data = directory.resolve("data");
        Path folder = directory.resolve("ticket-queue");
        List<String> ports = FreePorts.some(3);
        try {
            pin(data, "up", "--rest-port", ports.get(0), "--grpc-port", ports.get(1), "--registry-port", ports.get(2))
                    .run()
                    .succeeded();
            Command.Answer before = pin(data, "run", "-i", QUESTION, "--input", "ticket=" + TICKET, "--json")
                    .run();
            assertThat(before.out()).doesNotContain("ticket-queue");

            Command.Answer trained = pin(
                            data,
                            "train",
                            "specialist",
                            "--from",
                            Root.resolve("examples/data/tickets.csv").toString(),
                            "--type",
                            "classify",
                            "--label",
                            "queue",
                            "--name",
                            "ticket-queue",
                            "--out",
                            folder.toString(),
                            "--serve")
                    .run()
                    .succeeded();
            assertThat(trained.out() + trained.err()).contains("accuracy", "report.html");
            assertThat(Files.readString(folder.resolve("report.html"))).contains("ticket-queue", "<svg");
            assertThat(folder.resolve("lineage.json")).isNotEmptyFile();

            Command.Answer after = pin(data, "run", "-i", QUESTION, "--input", "ticket=" + TICKET, "--json")
                    .run()
                    .succeeded();
            TaskResult result = UpSwarm.result(after.out());
            assertThat(result.getSteps(0).getSpecialist()).isEqualTo("ticket-queue");
            assertThat(result.getOutput()
                            .getStructValue()
                            .getFieldsOrThrow("label")
                            .getStructValue()
                            .getFieldsOrThrow("label")
                            .getStringValue())
                    .isEqualTo("cash");
        } finally {
            pin(data, "down").run();
        }
    }
}
