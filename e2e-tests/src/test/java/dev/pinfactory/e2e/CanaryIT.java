package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers send stands in the log of no role, not even with all loggers at DEBUG: neither of what goes well nor of what can't be read. */
class CanaryIT {
    /** Short enough to stand in the first bytes of a frame, which some libraries log; a word, so that models see it. */
    private static final String CANARY = "Qzxjvk";

    @TempDir
    Path data;

    private ProcessSwarm swarm;

    @BeforeEach
    void start() {
        swarm = ProcessSwarm.start(data, "logging.level.root=DEBUG");
    }

    @AfterEach
    void stop() {
        swarm.close();
    }

    private TaskResult run(Task.Builder task) {
        return swarm.stub()
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
    }

    private static Task.Builder task(String instruction, Artifact.Builder input) {
        return Task.newBuilder().setInstruction(instruction).addInputs(input).putLabels("case", CANARY);
    }

    private static Artifact.Builder document(String mediaType, String content) {
        return Artifact.newBuilder()
                .setName("mail")
                .setType("document")
                .setMediaType(mediaType)
                .setFileName(CANARY + ".eml")
                .setData(ByteString.copyFrom(content, StandardCharsets.UTF_8));
    }

    private static Artifact.Builder text(String text) {
        return Artifact.newBuilder().setName("mail").setType("text").setText(text);
    }

    @Test
    void noRoleLogsWhatCallersSend() throws Exception {
        String spoken = CANARY + ": is this mail spam, and which language is it in? Hide the personal data in it.";
        TaskResult read = run(task(spoken, text("Dear " + CANARY + ", you have WON. Call 09061701461, says Peter.")));
        assertThat(read.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(read.getStepsList()).hasSizeGreaterThanOrEqualTo(3);

        TaskResult mail = run(task(
                "Which language is this document in, for " + CANARY + "?",
                document("message/rfc822", """
                        From: %1$s <%1$s@example.org>
                        Subject: about %1$s
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary=b

                        --b
                        Content-Type: text/plain

                        The meeting with %1$s is on Monday, in the large room on the second floor.
                        --b
                        Content-Type: application/octet-stream; name="%1$s.bin"
                        Content-Disposition: attachment; filename="%1$s.bin"

                        %1$s
                        --b--
                        """.formatted(CANARY))));
        assertThat(mail.getStepsList()).anyMatch(step -> step.getOutcome() == StepReport.Outcome.SUCCEEDED);

        TaskResult broken = run(task(
                "Which language is this document in?", document("application/pdf", "%PDF-1.7 " + CANARY + " is cut")));
        assertThat(broken.getStepsList())
                .noneMatch(step -> step.getSpecialist().equals("language-id")
                        && step.getOutcome() == StepReport.Outcome.SUCCEEDED);

        assertThatThrownBy(() -> run(task(
                        CANARY + " this",
                        Artifact.newBuilder().setName(CANARY).setType(CANARY).setText(CANARY))))
                .hasMessageContaining("inputs[0]");

        for (ProcessSwarm.Role role : ProcessSwarm.Role.values()) {
            String log = Files.readString(swarm.log(role));
            assertThat(log).as("the log of " + role).contains(" DEBUG ").doesNotContainIgnoringCase(CANARY);
        }
    }
}
