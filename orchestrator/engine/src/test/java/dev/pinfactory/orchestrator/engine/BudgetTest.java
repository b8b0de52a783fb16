package dev.pinfactory.orchestrator.engine;

import static dev.pinfactory.orchestrator.engine.Plans.output;
import static dev.pinfactory.orchestrator.engine.Plans.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.CostCeiling;
import dev.pinfactory.proto.v1.CostHint;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.Version;
import org.junit.jupiter.api.Test;

/** What a task may spend. */
class BudgetTest {
    @Test
    void processorSecondsThatAreUsedUpStopTheNextCall() {
        Driver run = Driver.of(step("a"), step("b", output("a")), step("c", output("b")))
                .settings(ceiling(CostCeiling.newBuilder().setCpuSeconds(0.3)))
                .start();

        run.answer("a", "A").answer("b", "B");

        assertThat(run.outcome("c")).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
            assertThat(failed.detail()).contains("0.3 processor seconds");
        });
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.PARTIAL);
        assertThat(run.ending().cost().getCpuSeconds()).isEqualTo(0.5);
    }

    @Test
    void callsInFlightAreReservedByTheirHints() {
        Driver run = Driver.of(step("a"), step("b"))
                .version(
                        "work",
                        Version.newBuilder().setCost(CostHint.newBuilder().setCpuSeconds(2)))
                .settings(ceiling(CostCeiling.newBuilder().setCpuSeconds(3)))
                .start();

        assertThat(run.calls()).containsExactly("a");
    }

    @Test
    void callsAreNotMadeWhenTheirInputsWouldBeTooManyBytes() {
        Driver run = Driver.of(step("a"), step("b", output("a")), step("c", output("b")))
                .settings(ExecutionSettings.defaults().withBudget(Budget.of(10, 1_000)))
                .start();

        run.answer("a", "x".repeat(500)).answer("b", "x".repeat(500));

        assertThat(run.outcome("c")).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
            assertThat(failed.detail()).contains("may send 1000 bytes");
        });
    }

    @Test
    void modelThatIsPaidForIsNotCalledWhenItCostsTooMuch() {
        Driver run = Driver.of(step("a").setSpecialist("genius"), step("b").setSpecialist("genius"))
                .version("genius", price("0.06", "EUR"))
                .settings(ceiling(CostCeiling.newBuilder().setLlm(amount("0.10", "EUR"))))
                .start();

        assertThat(run.calls()).containsExactly("a");
        run.respond("a", paid("0.055"));
        assertThat(run.ending().cost().getLlm()).isEqualTo(amount("0.055", "EUR"));
    }

    @Test
    void modelThatNeverSaidWhatItCostIsTakenToHaveCostItsHint() {
        Driver run = Driver.of(
                        step("a").setSpecialist("genius"),
                        step("b", output("a")).setSpecialist("genius"),
                        step("c").setSpecialist("genius"))
                .version("genius", price("0.06", "EUR"))
                .settings(ceiling(CostCeiling.newBuilder().setLlm(amount("0.13", "EUR"))))
                .start();

        assertThat(run.calls()).containsExactly("a", "c");
        run.fail("c", ErrorCode.SPECIALIST_TIMEOUT).respond("a", paid("0.055"));

        assertThat(run.record("b").report().getDetail()).contains("may spend 0.13 EUR");
        assertThat(run.ending().cost().getLlm()).isEqualTo(amount("0.055", "EUR"));
    }

    @Test
    void modelThatWasNotReachedCostsNothing() {
        Driver run = Driver.of(
                        step("a").setSpecialist("genius"),
                        step("b", output("a")).setSpecialist("genius"),
                        step("c").setSpecialist("genius"))
                .version("genius", price("0.06", "EUR"))
                .settings(ceiling(CostCeiling.newBuilder().setLlm(amount("0.13", "EUR"))))
                .start();

        run.fail("c", ErrorCode.SPECIALIST_UNAVAILABLE).respond("a", paid("0.055"));

        assertThat(run.calls()).containsExactly("b");
    }

    @Test
    void abstentionSaysWhoWasTooDearToBeAsked() {
        Driver run = Driver.of(step("a").addFallbacks(Fallback.newBuilder().setSpecialist("genius")))
                .version("genius", price("0.06", "EUR"))
                .settings(ceiling(CostCeiling.newBuilder().setLlm(amount("0.01", "EUR"))))
                .start();

        run.abstain("a", "too blurred");

        assertThat(run.outcome("a"))
                .isInstanceOfSatisfying(
                        StepOutcome.Abstained.class,
                        abstained -> assertThat(abstained.reason())
                                .startsWith("too blurred; genius was not called: the task may spend 0.01 EUR"));
    }

    @Test
    void priceInAnotherCurrencyCanNotBeHeldAgainstTheCeiling() {
        Driver run = Driver.of(step("a").setSpecialist("genius"))
                .version("genius", price("0.01", "USD"))
                .settings(ceiling(CostCeiling.newBuilder().setLlm(amount("0.10", "EUR"))))
                .start();

        assertThat(run.record("a").report().getDetail()).contains("USD", "EUR");
    }

    @Test
    void absurdCostsCountAsNothing() {
        Driver run = Driver.of(step("a")).start();

        run.respond(
                "a",
                InferResponse.newBuilder()
                        .setOutputs(Outputs.newBuilder().addArtifacts(Plans.text("out", "A")))
                        .setCost(Cost.newBuilder()
                                .setCpuSeconds(Double.NaN)
                                .setBytesIn(-5)
                                .setLlm(amount("1e999999999", "EUR")))
                        .build());

        assertThat(run.ending().cost())
                .isEqualTo(
                        Cost.newBuilder().setCalls(1).setLlm(amount("0", "EUR")).build());
    }

    private static InferResponse paid(String euros) {
        return InferResponse.newBuilder()
                .setOutputs(Outputs.newBuilder().addArtifacts(Plans.text("out", "A")))
                .setCost(Cost.newBuilder().setLlm(amount(euros, "EUR")))
                .build();
    }

    private static ExecutionSettings ceiling(CostCeiling.Builder ceiling) {
        return ExecutionSettings.defaults()
                .with(Constraints.newBuilder().setCostCeiling(ceiling).build());
    }

    private static Version.Builder price(String value, String currency) {
        return Version.newBuilder().setCost(CostHint.newBuilder().setPerCall(amount(value, currency)));
    }

    private static Amount amount(String value, String currency) {
        return Amount.newBuilder().setValue(value).setCurrency(currency).build();
    }
}
