package dev.pinfactory.orchestrator.engine;

import static dev.pinfactory.orchestrator.engine.Plans.input;
import static dev.pinfactory.orchestrator.engine.Plans.list;
import static dev.pinfactory.orchestrator.engine.Plans.output;
import static dev.pinfactory.orchestrator.engine.Plans.step;
import static dev.pinfactory.orchestrator.engine.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A durable execution: commits before dependents, and going on after a crash. */
class JournalTest {
    private static final ExecutionSettings DURABLE =
            ExecutionSettings.defaults().withDurable(true);

    @Test
    void dependentsWaitForTheCommit() {
        Driver run =
                Driver.of(step("a"), step("b", output("a"))).settings(DURABLE).start();

        run.answer("a", "A");
        assertThat(run.calls()).isEmpty();
        assertThat(run.endedSteps()).isEmpty();
        run.committed("a");
        assertThat(run.calls()).containsExactly("b");
        run.committed("a").answer("b", "B");
        assertThat(run.isEnded()).isFalse();
        assertThat(run.committed("b").isEnded()).isTrue();
    }

    @Test
    void resumedExecutionCallsOnlyWhatIsNotCommitted() throws Exception {
        Driver.Setup setup = Driver.of(step("a"), step("b", output("a"))).settings(DURABLE);
        Driver before = setup.start().answer("a", "A").committed("a");
        List<StepCommit> journal =
                List.of(StepCommit.parseFrom(before.commits().getFirst().toByteArray()));

        Driver after = setup.resume(journal);

        assertThat(after.calls()).containsExactly("b");
        assertThat(after.call("b").request().getInputs(0).getText()).isEqualTo("A");
        after.answer("b", "B").committed("b");
        assertThat(after.ending().status()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(after.outcome("a")).isEqualTo(new StepOutcome.Succeeded(List.of(text("out", "A"))));
        assertThat(after.ending().cost().getCalls()).isEqualTo(2);
        assertThat(after.ending().cost().getCpuSeconds()).isEqualTo(0.5);
    }

    @Test
    void resumedForEachCallsOnlyTheOpenItems() {
        Driver.Setup setup = Driver.of(step("a", input("pile")).setForEach("in"))
                .inputs(list("pile", "x", "y", "z"))
                .settings(DURABLE);
        Driver before = setup.start().answer("a/1", "Y").fail("a/2", ErrorCode.SPECIALIST_FAILED);

        Driver after = setup.resume(before.commits());

        assertThat(after.calls()).containsExactly("a/0");
        after.answer("a/0", "X").committed("a", 0);
        assertThat(after.record("a").items())
                .containsExactly(
                        new StepOutcome.Succeeded(List.of(text("out", "X"))),
                        new StepOutcome.Succeeded(List.of(text("out", "Y"))),
                        new StepOutcome.Failed(ErrorCode.SPECIALIST_FAILED, "it failed"));
    }

    @Test
    void everythingCommittedNeedsNoCall() {
        Driver.Setup setup = Driver.of(step("a"), step("b")).settings(DURABLE);
        Driver before = setup.start().answer("a", "A").abstain("b", "no", text("out", "guess"));

        Driver after = setup.resume(before.commits());

        assertThat(after.calls()).isEmpty();
        assertThat(after.outcome("b")).isEqualTo(new StepOutcome.Abstained("no", List.of(text("out", "guess"))));
        assertThat(after.ending().status()).isEqualTo(TaskResult.Status.PARTIAL);
    }

    @Test
    void journalOfAnotherPlanIsIgnored() {
        StepCommit stranger = StepCommit.newBuilder()
                .setReport(dev.pinfactory.proto.v1.StepReport.newBuilder().setStep("zzz"))
                .build();
        StepCommit item = StepCommit.newBuilder()
                .setReport(dev.pinfactory.proto.v1.StepReport.newBuilder().setStep("a"))
                .setItem(4)
                .build();

        Driver run = Driver.of(step("a")).settings(DURABLE).resume(List.of(stranger, item));

        assertThat(run.calls()).containsExactly("a");
    }
}
