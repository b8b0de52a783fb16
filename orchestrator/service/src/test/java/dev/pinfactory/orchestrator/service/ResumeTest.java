package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.orchestrator.service.store.OutboxReader;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.WatchTaskRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator that ends in the middle of a task goes on with it after its restart. */
class ResumeTest {
    @TempDir
    Path folder;

    @Test
    void whatWasCompletedNeverRunsAgain() throws Exception {
        try (TestingSwarm swarm = new TestingSwarm(folder)) {
            swarm.plans("first", "second", "third");
            CountDownLatch begun = new CountDownLatch(1);
            swarm.specialists().does("second", request -> {
                begun.countDown();
                new CountDownLatch(1).await();
                return "";
            });
            String id = swarm.client()
                    .submitTask(SubmitTaskRequest.newBuilder()
                            .setTask(task("hello"))
                            .build())
                    .getTaskId();
            begun.await();
            swarm.stop();
            swarm.specialists()
                    .does("second", request -> "two(" + request.getInputs(0).getText() + ")");
            swarm.start();
            await().atMost(Duration.ofSeconds(15)).until(() -> result(swarm, id).getState() == TaskResult.State.ENDED);

            TaskResult result = result(swarm, id);
            assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
            assertThat(result.getOutput()
                            .getStructValue()
                            .getFieldsOrThrow("text")
                            .getStringValue())
                    .isEqualTo("TWO(HELLO)");
            assertThat(swarm.specialists().calls("first"))
                    .as("ran before the restart alone")
                    .isEqualTo(1);
            assertThat(swarm.router().requests()).as("planned once").hasSize(1);
            List<TaskEvent> events = new ArrayList<>();
            swarm.client()
                    .watchTask(WatchTaskRequest.newBuilder().setTaskId(id).build())
                    .forEachRemaining(response -> events.add(response.getEvent()));
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).getSequence()).isEqualTo(i + 1);
            }
            assertThat(events)
                    .filteredOn(TaskEvent::hasStepEnded)
                    .extracting(event -> event.getStepEnded().getStep())
                    .containsExactly("first", "second", "third");
            assertThat(events).filteredOn(TaskEvent::hasEnded).hasSize(1);
            List<Event> outbox = swarm.bean(OutboxReader.class).read(0, 100);
            assertThat(outbox).filteredOn(Event::hasTaskEnded).hasSize(1);
            assertThat(outbox).filteredOn(Event::hasStepEnded).hasSize(3);
            assertThat(outbox).extracting(Event::getId).doesNotHaveDuplicates();
        }
    }

    private static TaskResult result(TestingSwarm swarm, String id) {
        return swarm.client()
                .getTask(GetTaskRequest.newBuilder().setTaskId(id).build())
                .getResult();
    }
}
