package dev.pinfactory.orchestrator.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.orchestrator.service.run.TaskRuns;
import dev.pinfactory.orchestrator.service.testing.WithSwarm;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.TaskSummary;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a task when its REST caller closes the connection. */
class HangUpTest extends WithSwarm {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void aCallerWhoHangsUpCancelsTheTask() throws Exception {
        CountDownLatch cancelled = swarm.specialists().hangs("first");
        try (Socket caller = post("hangs up", "")) {
            await().atMost(SOON).until(() -> swarm.specialists().running() == 1);
        }
        assertThat(cancelled.await(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        await().atMost(SOON).until(() -> status("hangs up") == TaskResult.Status.CANCELLED);
        await().atMost(SOON).until(() -> swarm.bean(TaskRuns.class).size() == 0);
    }

    @Test
    void aCallerWhoWaitsIsNotTakenForOneWhoHungUp() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        swarm.specialists().does("first", request -> {
            release.await();
            return "patience";
        });
        try (Socket caller = post("waits", "")) {
            await().atMost(SOON).until(() -> swarm.specialists().running() == 1);
            // Sent ahead of the answer, which HTTP/1.1 allows.
            caller.getOutputStream()
                    .write("GET /v1/specialists HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            // More than two of the looks at its connection.
            assertThat(release.await(1_500, TimeUnit.MILLISECONDS)).isFalse();
            release.countDown();
            String answers = read(caller, "\"catalogDigest\"");
            assertThat(answers).contains("\"COMPLETE\"", "PATIENCE");
        }
    }

    /** Whoever has a key may come back with it, so its task goes on. */
    @Test
    void withAnIdempotencyKeyTheTaskGoesOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        swarm.specialists().does("first", request -> {
            release.await();
            return "kept";
        });
        try (Socket caller = post("comes back", "Idempotency-Key: k1\r\n")) {
            await().atMost(SOON).until(() -> swarm.specialists().running() == 1);
        }
        assertThat(release.await(1_500, TimeUnit.MILLISECONDS)).isFalse();
        release.countDown();
        await().atMost(SOON).until(() -> status("comes back") == TaskResult.Status.COMPLETE);
        try (Socket again = post("comes back", "Idempotency-Key: k1\r\n")) {
            assertThat(read(again, "KEPT")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void anAsynchronousTaskDoesNotNeedItsCaller() throws Exception {
        try (Socket caller = post("goes on", "Prefer: respond-async\r\n")) {
            assertThat(read(caller, "QUEUED")).startsWith("HTTP/1.1 202");
        }
        await().atMost(SOON).until(() -> status("goes on") == TaskResult.Status.COMPLETE);
    }

    private static Socket post(String instruction, String headers) throws IOException {
        String body =
                "{\"instruction\": \"%s\", \"inputs\": [{\"name\": \"note\", \"type\": \"text\", \"text\": \"x\"}]}"
                        .formatted(instruction);
        Socket socket = new Socket("localhost", swarm.httpPort());
        socket.setSoTimeout((int) SOON.toMillis());
        socket.getOutputStream()
                .write(("POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String read(Socket socket, String until) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        while (read.indexOf(until) < 0) {
            int bytes = in.read(buffer);
            assertThat(bytes).as(read.toString()).isPositive();
            read.append(new String(buffer, 0, bytes, StandardCharsets.UTF_8));
        }
        return read.toString();
    }

    private static TaskResult.Status status(String instruction) {
        return swarm.client().listTasks(ListTasksRequest.getDefaultInstance()).getTasksList().stream()
                .filter(task -> task.getInstruction().equals(instruction))
                .map(TaskSummary::getStatus)
                .findFirst()
                .orElse(TaskResult.Status.STATUS_UNSPECIFIED);
    }
}
