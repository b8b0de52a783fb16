package dev.pinfactory.orchestrator.engine;

import static dev.pinfactory.orchestrator.engine.Plans.output;
import static dev.pinfactory.orchestrator.engine.Plans.step;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.CostHint;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the task's time is shared out. The default estimate of a call is 200 ms, the reserve 5 % or 20 ms. */
class DeadlineTest {
    @Test
    void callMayTakeAllTheTimeThatTheStepsBehindItDoNotWant() {
        Driver run = Driver.of(step("a"), step("b", output("a")), step("c", output("b")), step("d"))
                .within(Duration.ofSeconds(10))
                .start();

        assertThat(millis(run, "a")).isEqualTo(9_500 - 400);
        assertThat(millis(run, "d")).isEqualTo(9_500);
        run.after(1_000).answer("a", "A");
        assertThat(millis(run, "b")).isEqualTo(9_500 - 200);
    }

    @Test
    void reserveIsAtLeastTwentyMilliseconds() {
        Driver run = Driver.of(step("a")).within(Duration.ofMillis(100)).start();

        assertThat(millis(run, "a")).isEqualTo(80);
    }

    @Test
    void tightTimeIsSharedInProportion() {
        Driver run = Driver.of(step("a"), step("b", output("a")))
                .within(Duration.ofMillis(220))
                .start();

        assertThat(millis(run, "a")).as("half of the 200 ms that are left").isEqualTo(100);
        run.after(100).answer("a", "A");
        assertThat(millis(run, "b")).isEqualTo(200);
    }

    @Test
    void costHintsWeighTheShares() {
        Driver run = Driver.of(step("a"), step("b", output("a")).setSpecialist("genius"))
                .version("work", hint(100, 0))
                .version("genius", hint(50, 300))
                .within(Duration.ofMillis(400))
                .start();

        assertThat(millis(run, "a")).as("half of the 380 ms that are left").isEqualTo(190);
    }

    @Test
    void fallbacksKeepTheirTime() {
        Driver run = Driver.of(step("a").addFallbacks(Fallback.newBuilder().setSpecialist("genius")))
                .within(Duration.ofSeconds(1))
                .start();

        assertThat(millis(run, "a")).isEqualTo(950 - 200);
    }

    @Test
    void callsThatDoNotAnswerAreGivenUpAtTheirDeadline() {
        Driver run = Driver.of(step("a").addFallbacks(Fallback.newBuilder().setSpecialist("genius")))
                .within(Duration.ofSeconds(1))
                .start();
        assertThat(run.wake()).contains(Driver.START.plusMillis(750));

        run.after(750).tick();

        assertThat(run.cancelled()).containsExactly("a");
        assertThat(run.call("a").request().getSpecialist()).isEqualTo("genius");
        assertThat(millis(run, "a")).isEqualTo(950);
    }

    @Test
    void stepsThatWillNotRunLeaveTheirTimeToOthers() {
        Driver run = Driver.of(
                        step("a"),
                        step("b"),
                        step("c", output("b")),
                        step("d", output("c"), output("a")).setSpecialist("join"))
                .within(Duration.ofSeconds(1))
                .start();
        assertThat(millis(run, "b")).isEqualTo(950 - 400);

        run.after(10).answer("b", "B");

        assertThat(millis(run, "c")).isEqualTo(950 - 200);
    }

    @Test
    void deadlineEndsTheTaskWithWhatIsThere() {
        Driver run =
                Driver.of(step("a"), step("b")).within(Duration.ofSeconds(1)).start();

        run.answer("a", "A").after(950).tick();

        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.PARTIAL);
        assertThat(run.cancelled()).containsExactly("b");
        assertThat(run.outcome("b"))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_TIMEOUT));
    }

    @Test
    void taskWithoutTimeStartsNothing() {
        Driver run = Driver.of(step("a")).within(Duration.ofMillis(20)).start();

        assertThat(run.calls()).isEmpty();
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.FAILED);
        assertThat(run.ending().error().orElseThrow().getCode()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(run.record("a").report().getCode()).isEqualTo("DEADLINE_EXCEEDED");
    }

    @Test
    void absurdHintsAreBounded() {
        Driver run = Driver.of(step("a"), step("b", output("a")).setSpecialist("genius"))
                .version(
                        "genius",
                        Version.newBuilder()
                                .setCost(CostHint.newBuilder()
                                        .setP99(com.google.protobuf.Duration.newBuilder()
                                                .setSeconds(Long.MAX_VALUE)
                                                .setNanos(-5))))
                .start();

        assertThat(run.calls()).containsExactly("a");
        assertThat(run.call("a").deadline()).isAfter(Driver.START);
    }

    private static long millis(Driver run, String call) {
        return Duration.between(Driver.START, run.call(call).deadline()).toMillis();
    }

    private static Version.Builder hint(int typical, int slow) {
        return Version.newBuilder()
                .setCost(CostHint.newBuilder()
                        .setP50(Durations.fromMillis(typical))
                        .setP99(Durations.fromMillis(slow)));
    }
}
