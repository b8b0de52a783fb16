package dev.pinfactory.orchestrator.service.outcome;

import static dev.pinfactory.orchestrator.service.testing.Plans.contract;
import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.service.testing.FakeSpecialist;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.v1.Correction;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Feedback;
import dev.pinfactory.proto.v1.GiveFeedbackRequest;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the registry hears of the calls of versions. */
class OutcomeReporterTest {
    @TempDir
    Path folder;

    private TestingSwarm swarm;

    @BeforeEach
    void start() throws Exception {
        swarm = new TestingSwarm(folder);
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
    }

    @Test
    void itHearsOfAnswersAndFailures() {
        run("hello");
        swarm.specialists().does("second", request -> {
            throw Status.INTERNAL.asRuntimeException();
        });
        run("hello");
        await().until(() -> sum("first", "1.0.0", Counters::getCalls) == 2);
        await().until(() -> sum("second", "1.0.0", Counters::getFailures) == 1);
        assertThat(sum("second", "1.0.0", Counters::getCalls)).isEqualTo(2);
        assertThat(sum("first", "1.0.0", Counters::getFailures)).isZero();
    }

    @Test
    void aReportWithoutAnAnswerComesAgainAsItWas() {
        swarm.losesAcknowledgements(2);
        run("hello");
        await().until(() -> swarm.reports().size() >= 3);
        List<ReportOutcomesRequest> reports = swarm.reports();
        assertThat(reports.get(1)).isEqualTo(reports.get(0));
        assertThat(reports.get(2)).isEqualTo(reports.get(0));
        assertThat(reports.get(0).getSequence()).isEqualTo(1);
    }

    @Test
    void itHearsWhatPeopleFoundWrong() {
        TaskResult ended = run("hello");
        swarm.client()
                .giveFeedback(GiveFeedbackRequest.newBuilder()
                        .setTaskId(ended.getTaskId())
                        .setFeedback(Feedback.newBuilder()
                                .addCorrections(Correction.newBuilder()
                                        .setPointer("/text")
                                        .setValue(Value.newBuilder().setStringValue("other"))))
                        .build());
        await().until(() -> sum("second", "1.0.0", Counters::getConfirmedWrong) == 1);
        assertThat(sum("first", "1.0.0", Counters::getConfirmedWrong)).isZero();
    }

    @Test
    void itHearsHowFarShadowsAgree() throws Exception {
        FakeSpecialist tried = new FakeSpecialist();
        swarm.register(contract("model").toBuilder().setId("model").build(), swarm.listen(swarm.specialists()));
        swarm.shadow("model", "2.0.0", swarm.listen(tried));
        swarm.plans("model");
        run("hello");
        await().until(() -> sum("model", "2.0.0", Counters::getAgreed) == 1);
        tried.does("model", request -> "other");
        run("hello");
        await().until(() -> sum("model", "2.0.0", Counters::getCompared) == 2);
        tried.does("model", request -> {
            throw Status.INTERNAL.asRuntimeException();
        });
        run("hello");
        await().until(() -> sum("model", "2.0.0", Counters::getShadowFailures) == 1);
        assertThat(sum("model", "2.0.0", Counters::getAgreed)).isEqualTo(1);
        assertThat(sum("model", "2.0.0", Counters::getCalls)).isZero();
    }

    private TaskResult run(String text) {
        return swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(task(text)).build())
                .getResult();
    }

    private long sum(String specialist, String version, ToLongFunction<Counters> what) {
        return swarm.reports().stream()
                .distinct()
                .flatMap(report -> report.getOutcomesList().stream())
                .filter(one -> one.getSpecialist().equals(specialist)
                        && one.getVersion().equals(version))
                .mapToLong(one -> what.applyAsLong(one.getCounters()))
                .sum();
    }
}
