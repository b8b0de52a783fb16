package dev.pinfactory.orchestrator.engine;

import static dev.pinfactory.orchestrator.engine.Plans.input;
import static dev.pinfactory.orchestrator.engine.Plans.list;
import static dev.pinfactory.orchestrator.engine.Plans.output;
import static dev.pinfactory.orchestrator.engine.Plans.step;
import static dev.pinfactory.orchestrator.engine.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ItemReport;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One call for each item of a list. */
class ForEachTest {
    @Test
    void listThatIsGatheredFromTooManySourcesIsRefused() {
        String[] texts = java.util.Collections.nCopies(600, "x").toArray(String[]::new);
        Driver run = Driver.of(step("a", input("list"), input("list")).setSpecialist("join"))
                .inputs(Plans.list("list", texts))
                .start();

        assertThat(run.outcome("a"))
                .isEqualTo(new StepOutcome.Failed(ErrorCode.TOO_LARGE, "1200 items, at most 1000 are allowed"));
    }

    @Test
    void outputsAreInInputOrderWithAHoleForEachFailedItem() {
        Driver run = Driver.of(each("a")).inputs(list("pile", "x", "y", "z")).start();

        assertThat(run.calls()).containsExactly("a/0", "a/1", "a/2");
        assertThat(run.call("a/1").request().getInputs(0).getText()).isEqualTo("y");
        assertThat(run.call("a/1").request().getContext().getItem()).isEqualTo(1);
        run.answer("a/2", "Z").fail("a/1", ErrorCode.SPECIALIST_FAILED).answer("a/0", "X", 0.7);

        Artifact out = ((StepOutcome.Succeeded) run.outcome("a")).outputs().getFirst();
        assertThat(out.getItems().getItemsList()).extracting(Artifact::getText).containsExactly("X", "", "Z");
        assertThat(out.getItems().getHolesList()).containsExactly(1);
        assertThat(out.getConfidence()).isEqualTo(0.7);
        assertThat(run.record("a").report().getItemsList())
                .extracting(ItemReport::getOutcome)
                .containsExactly(StepReport.Outcome.SUCCEEDED, StepReport.Outcome.FAILED, StepReport.Outcome.SUCCEEDED);
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.PARTIAL);
    }

    @Test
    void noMoreItemsAreInFlightThanTheWindowAllows() {
        Driver run = Driver.of(each("a"))
                .inputs(list("pile", Collections.nCopies(20, "x").toArray(String[]::new)))
                .start();

        assertThat(run.calls()).hasSize(16);
        run.answer("a/3", "done");
        assertThat(run.calls()).hasSize(16).contains("a/16");
    }

    @Test
    void stepFailsIfAllItemsDo() {
        Driver run = Driver.of(each("a")).inputs(list("pile", "x", "y")).start();

        run.fail("a/0", ErrorCode.SPECIALIST_TIMEOUT).fail("a/1", ErrorCode.SPECIALIST_FAILED);

        assertThat(run.outcome("a")).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_TIMEOUT);
            assertThat(failed.detail()).startsWith("2 of 2 items did not succeed; item 0");
        });
    }

    @Test
    void requiredStepFailsWithItsFirstFailedItem() {
        Driver run = Driver.of(each("a").setRequired(true))
                .inputs(list("pile", "x", "y", "z"))
                .start();

        run.answer("a/0", "X").fail("a/2", ErrorCode.SPECIALIST_FAILED);

        assertThat(run.cancelled()).containsExactly("a/1");
        assertThat(run.outcome("a")).isInstanceOf(StepOutcome.Failed.class);
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.FAILED);
    }

    @Test
    void emptyListIsASuccessWithoutACall() {
        Driver run = Driver.of(each("a")).inputs(list("pile")).start();

        assertThat(run.outcome("a")).isInstanceOf(StepOutcome.Succeeded.class);
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.COMPLETE);
    }

    @Test
    void listAboveTheCapIsRefusedBeforeTheFirstCall() {
        Driver run = Driver.of(each("a"))
                .inputs(list("pile", Collections.nCopies(1_001, "x").toArray(String[]::new)))
                .start();

        assertThat(run.outcome("a"))
                .isEqualTo(new StepOutcome.Failed(ErrorCode.TOO_LARGE, "1001 items, at most 1000 are allowed"));
    }

    @Test
    void holesStayHolesDownstreamAndAreLeftOutOfLists() {
        Step.Builder next = step("b", output("a")).setForEach("in");
        Step.Builder join = step("c", output("a")).setSpecialist("join");
        Driver run = Driver.of(each("a"), next, join)
                .inputs(list("pile", "x", "y", "z"))
                .start();

        run.answer("a/0", "X").fail("a/1", ErrorCode.SPECIALIST_FAILED).answer("a/2", "Z");

        assertThat(run.calls()).containsExactly("b/0", "b/2", "c");
        assertThat(run.call("c").request().getInputs(0).getItems().getItemsList())
                .extracting(Artifact::getText)
                .containsExactly("X", "Z");
        run.answer("c", "XZ").answer("b/0", "XX").answer("b/2", "ZZ");
        assertThat(((StepOutcome.Succeeded) run.outcome("b"))
                        .outputs()
                        .getFirst()
                        .getItems()
                        .getHolesList())
                .containsExactly(1);
    }

    @Test
    void whatIsMissingDownstreamSaysWhyItIs() {
        Step.Builder next = step("b", output("a")).setForEach("in");
        Step.Builder last = step("c", output("b")).setForEach("in");
        Driver run =
                Driver.of(each("a"), next, last).inputs(list("pile", "x", "y")).start();

        run.answer("a/0", "X").fail("a/1", ErrorCode.SPECIALIST_FAILED);
        run.answer("b/0", "XX").answer("c/0", "XXX");

        String why = "item 1 of a (" + ErrorCode.SPECIALIST_FAILED + ": ";
        assertThat(run.record("b").items().get(1))
                .isInstanceOfSatisfying(
                        StepOutcome.Skipped.class,
                        skipped -> assertThat(skipped.cause()).startsWith(why));
        assertThat(run.record("c").items().get(1))
                .isEqualTo(run.record("b").items().get(1));
    }

    @Test
    void joinTakesWhatItsBranchesBrought() {
        Driver run = Driver.of(
                        step("a"),
                        step("b"),
                        step("c", output("a"), output("b"), input("letter")).setSpecialist("join"))
                .start();

        run.answer("a", "A").fail("b", ErrorCode.SPECIALIST_FAILED);

        assertThat(run.call("c").request().getInputs(0).getItems().getItemsList())
                .extracting(Artifact::getText)
                .containsExactly("A", "dear all");
    }

    @Test
    void dataClassesOfTheListHoldForItsItems() {
        Driver run = Driver.of(each("a"))
                .inputs(list("pile", "x").toBuilder().addDataClasses("personal").build())
                .start();

        assertThat(run.outcome("a")).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        });
    }

    @Test
    void timeIsUpAndWhatIsThereCounts() {
        Driver run = Driver.of(each("a")).inputs(list("pile", "x", "y")).start();

        run.answer("a/0", "X").after(9_600).tick();

        Artifact out = ((StepOutcome.Succeeded) run.outcome("a")).outputs().getFirst();
        assertThat(out.getItems().getHolesList()).containsExactly(1);
        assertThat(run.record("a").items())
                .hasSize(2)
                .first()
                .isEqualTo(new StepOutcome.Succeeded(List.of(text("out", "X"))));
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.PARTIAL);
    }

    private static Step.Builder each(String id) {
        return step(id, input("pile")).setForEach("in");
    }
}
