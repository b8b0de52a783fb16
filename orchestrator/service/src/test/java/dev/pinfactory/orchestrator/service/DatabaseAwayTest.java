package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without its database the orchestrator says so, and that trying again may help; it is no fault of the program. */
class DatabaseAwayTest {
    @TempDir
    Path folder;

    private TestingSwarm swarm;

    @BeforeEach
    void start() throws Exception {
        swarm = new TestingSwarm(folder);
        swarm.bean(HikariDataSource.class).close();
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
    }

    @Test
    void callsOverGrpcAreUnavailable() {
        assertUnavailable(() -> swarm.client()
                .submitTask(
                        SubmitTaskRequest.newBuilder().setTask(task("hello")).build()));
        assertUnavailable(() -> swarm.client()
                .getTask(GetTaskRequest.newBuilder().setTaskId("any").build()));
    }

    private static void assertUnavailable(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
            assertThat(Errors.fromGrpc(refusal).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(refusal).hasMessageContaining("database").hasMessageNotContaining("Hikari");
        });
    }

    @Test
    void callsOverRestAre503AndMayComeAgain() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + swarm.httpPort() + "/v1/tasks/any"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("database").doesNotContain("Hikari");
        }
    }
}
