package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.DeleteTaskRequest;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is erased is nowhere: every row of every table and every file is searched for a secret that the task brought, worked on and answered. */
class ErasureTest {
    private static final String SECRET = "zanzibar-47-quinoa";

    @TempDir
    Path folder;

    private TestingSwarm swarm;

    @BeforeEach
    void start() throws Exception {
        swarm = new TestingSwarm(folder, properties());
    }

    /** Of the database. */
    String[] properties() throws IOException {
        return new String[0];
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
    }

    private static Task secret() {
        return task("a note about " + SECRET).toBuilder()
                .setInstruction("Rewrite the note about " + SECRET)
                .putLabels("case", SECRET)
                .addInputs(Artifact.newBuilder()
                        .setName("appendix")
                        .setType("document")
                        .setMediaType("text/plain")
                        .setData(ByteString.copyFromUtf8((SECRET + " ").repeat(30_000))))
                .build();
    }

    private String submitted(Task task) {
        return swarm.client()
                .submitTask(SubmitTaskRequest.newBuilder().setTask(task).build())
                .getTaskId();
    }

    private void awaitState(String id, TaskResult.State state) {
        await().until(() -> get(id).getState() == state);
    }

    private TaskResult get(String id) {
        return swarm.client()
                .getTask(GetTaskRequest.newBuilder().setTaskId(id).build())
                .getResult();
    }

    private void erase(String id) {
        var ignored = swarm.client()
                .deleteTask(DeleteTaskRequest.newBuilder().setTaskId(id).build());
        assertThatThrownBy(() -> get(id)).hasMessageContaining("NOT_FOUND");
    }

    /** Tables and files in which the secret stands, as it came or in capitals as the specialist made it. */
    private List<String> places() throws IOException {
        List<String> places = new ArrayList<>();
        JdbcClient jdbc = swarm.bean(JdbcClient.class);
        List<String> tables = jdbc.sql(
                        "select table_name from information_schema.tables where lower(table_schema) = 'public'")
                .query(String.class)
                .list();
        assertThat(tables).hasSizeGreaterThan(8);
        for (String table : tables) {
            for (Map<String, Object> row :
                    jdbc.sql("select * from \"" + table + "\"").query().listOfRows()) {
                row.values().stream()
                        .filter(ErasureTest::isSecret)
                        .forEach(value -> places.add(table.toLowerCase(Locale.ROOT)));
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(ErasureTest::isContent).toList()) {
                if (isSecret(Files.readAllBytes(file))) {
                    places.add("file");
                }
            }
        }
        return places;
    }

    /** The database's own file is searched by its tables. */
    private static boolean isContent(Path file) {
        return Files.isRegularFile(file) && !file.toString().endsWith(".mv.db");
    }

    private static boolean isSecret(Object value) {
        String text =
                value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
        return text.toLowerCase(Locale.ROOT).contains(SECRET);
    }

    @Test
    void nothingIsLeftOfATaskThatHasEnded() throws IOException {
        String id = submitted(secret());
        awaitState(id, TaskResult.State.ENDED);
        assertThat(places()).contains("task", "task_label", "step_commit", "task_event", "outbox", "file");
        erase(id);
        assertThat(places()).isEmpty();
    }

    @Test
    void nothingIsLeftOfATaskThatWasNotWrittenBeforeItEnded() throws IOException {
        TaskResult result = swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(secret()).build())
                .getResult();
        await().until(() -> places().contains("task"));
        erase(result.getTaskId());
        assertThat(places()).isEmpty();
    }

    @Test
    void nothingIsLeftOfATaskThatFailedSayingIt() throws IOException {
        swarm.specialists().does("first", request -> {
            throw new IllegalStateException(SECRET);
        });
        String id = submitted(secret());
        awaitState(id, TaskResult.State.ENDED);
        erase(id);
        assertThat(places()).isEmpty();
    }

    @Test
    void nothingComesBackFromATaskThatIsErasedWhileItRuns() throws IOException, InterruptedException {
        CountDownLatch cancelled = swarm.specialists().hangs("second");
        String id = submitted(secret());
        await().until(() -> swarm.specialists().calls("second") == 1);
        assertThat(places()).isNotEmpty();
        erase(id);
        cancelled.await();
        await().until(() -> swarm.specialists().running() == 0);
        assertThat(places()).isEmpty();
    }

    @Test
    void whatAnotherTaskAlsoHasStaysWithIt() throws IOException {
        String one = submitted(secret());
        String other = submitted(secret());
        awaitState(one, TaskResult.State.ENDED);
        awaitState(other, TaskResult.State.ENDED);
        erase(one);
        assertThat(places()).contains("file");
        assertThat(get(other).getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        erase(other);
        assertThat(places()).isEmpty();
    }
}
