package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.RunTaskResponse;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What callers send and what comes out stands in no log, not even with all loggers at DEBUG, and in no metric; and no error tells more than names of fields. */
@ExtendWith(OutputCaptureExtension.class)
class CanaryTest {
    /** Short enough to stand in the first bytes of a frame, which some libraries log. */
    private static final String CANARY = "qzxj47";

    @TempDir
    Path folder;

    private TestingSwarm swarm;

    @BeforeEach
    void start() throws Exception {
        swarm = new TestingSwarm(folder, "logging.level.root=DEBUG");
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
    }

    private static Task secret() {
        return task(CANARY + " in a note").toBuilder()
                .setInstruction(CANARY + " is what this instruction begins with")
                .putLabels("case", CANARY)
                .addInputs(
                        Artifact.newBuilder().setName("other").setType("text").setText(CANARY))
                .build();
    }

    private RunTaskResponse run(Task task) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + CANARY);
        headers.put(Metadata.Key.of("x-secret", Metadata.ASCII_STRING_MARSHALLER), CANARY);
        return swarm.client()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .runTask(RunTaskRequest.newBuilder().setTask(task).build());
    }

    private HttpResponse<String> rest(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    request.header("Authorization", "Bearer " + CANARY)
                            .header("X-Secret", CANARY)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + swarm.httpPort() + path));
    }

    private HttpRequest.Builder post(String json) {
        return to("/v1/tasks")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    private void assertUnwritten(CapturedOutput output) throws Exception {
        String all = output.getAll().toLowerCase(Locale.ROOT);
        assertThat(all).contains("debug");
        assertThat(all.lines().filter(CanaryTest::isTold)).isEmpty();
        assertThat(rest(to("/actuator/prometheus").GET()).body()).doesNotContainIgnoringCase(CANARY);
    }

    private static boolean isTold(String line) {
        String hex = HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8));
        return line.contains(CANARY) || line.contains(hex);
    }

    @Test
    void ofATaskThatSucceeds(CapturedOutput output) throws Exception {
        TaskResult result = run(secret()).getResult();
        assertThat(result.getOutput().toString()).containsIgnoringCase(CANARY);
        assertThat(swarm.client()
                        .getTask(GetTaskRequest.newBuilder()
                                .setTaskId(result.getTaskId())
                                .build())
                        .toString())
                .containsIgnoringCase(CANARY);
        assertThat(swarm.client()
                        .listTasks(ListTasksRequest.getDefaultInstance())
                        .toString())
                .contains(CANARY);
        assertThat(rest(post("{\"instruction\": \"" + CANARY
                                + "\", \"inputs\": [{\"name\": \"note\", \"type\": \"text\", \"text\": \"" + CANARY
                                + "\"}]}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(rest(to("/v1/tasks").GET()).body()).contains(CANARY);
        assertUnwritten(output);
    }

    @Test
    void ofATaskThatFails(CapturedOutput output) throws Exception {
        swarm.specialists().does("first", request -> {
            throw io.grpc.Status.INTERNAL
                    .withDescription("could not read " + CANARY)
                    .asRuntimeException();
        });
        TaskResult result = run(secret()).getResult();
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.FAILED);
        assertThat(result.toBuilder().clearLabels().build().toString()).doesNotContainIgnoringCase(CANARY);
        assertUnwritten(output);
    }

    @Test
    void ofARequestThatIsRefused(CapturedOutput output) throws Exception {
        Task twice = secret().toBuilder().addInputs(secret().getInputs(0)).build();
        assertThatThrownBy(() -> run(twice)).hasMessageNotContaining(CANARY);
        Task wrong = secret().toBuilder()
                .addInputs(
                        Artifact.newBuilder().setName("table").setType("table").setText(CANARY))
                .build();
        assertThatThrownBy(() -> run(wrong)).hasMessageNotContaining(CANARY);
        for (String body : new String[] {
            "{\"instruction\": \"" + CANARY + "\", \"inputs\": \"" + CANARY + "\"}",
            "{\"instruction\": {\"a\": \"" + CANARY + "\"}}",
            "{\"instruction\": \"" + CANARY,
            CANARY
        }) {
            HttpResponse<String> refused = rest(post(body));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).doesNotContain(CANARY);
        }
        assertUnwritten(output);
    }
}
