package dev.pinfactory.router.llm;

import static dev.pinfactory.router.llm.TestingModel.json;
import static dev.pinfactory.router.llm.TestingModel.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LlmBudgetTest {
    private static final LlmSettings.Budget PRICED =
            new LlmSettings.Budget(200_000, new BigDecimal("0.50"), new BigDecimal("2.00"), "EUR");
    private static TestingModel model;

    @BeforeAll
    static void start() {
        model = new TestingModel();
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    private static PlanOutcome plan(LlmSettings.Budget budget, PlanRequest.Builder task) {
        try (LlmPlanner planner = new LlmPlanner(model.settings().withBudget(budget))) {
            return planner.plan(Freight.request(task));
        }
    }

    private static PlanRequest.Builder task(String ceiling, String currency) {
        PlanRequest.Builder task = Freight.task(Freight.INSTRUCTION);
        task.getConstraintsBuilder()
                .getCostCeilingBuilder()
                .setLlm(Amount.newBuilder().setValue(ceiling).setCurrency(currency));
        return task;
    }

    private static String refusal(PlanOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).refusal().getMessage();
    }

    @Test
    void bothQuestionsAreCharged() {
        model.answers(says("no"), says(Freight.PLAN));

        Cost cost = ((Planned) plan(PRICED, task("100", "EUR"))).cost();

        assertThat(cost.getLlmTokens()).isEqualTo(2_400);
        assertThat(new BigDecimal(cost.getLlm().getValue())).isEqualByComparingTo("1.8");
        assertThat(cost.getLlm().getCurrency()).isEqualTo("EUR");
        assertThat(cost.getCalls()).isEqualTo(2);
    }

    @Test
    void aCallThatCouldPassTheCeilingIsNotMade() {
        model.answers(says(Freight.PLAN));

        assertThat(refusal(plan(PRICED, task("8.19", "EUR")))).contains("over the task's ceiling of 8.19");
        assertThat(model.questions()).isEmpty();
    }

    @Test
    void theRepairIsNotMadeWhereItCouldPassTheCeiling() {
        model.answers(says("no"), says(Freight.PLAN));
        // The first question fits at its dearest; with what it cost, the second does not.
        String justOnce = ceilingForOneCall();
        PlanOutcome outcome = plan(PRICED, task(justOnce, "EUR"));

        assertThat(refusal(outcome)).contains("over the task's ceiling", "after a first plan that breaks rules");
        assertThat(((Refused) outcome).cost().getLlmTokens()).isEqualTo(1_200);
        assertThat(model.questions()).hasSize(1);
    }

    private static String ceilingForOneCall() {
        plan(PRICED, task("1000", "EUR"));
        int bytes = model.server.getAllServeEvents().getLast().getRequest().getBody().length;
        model.answers(says("no"), says(Freight.PLAN));
        return new BigDecimal(bytes)
                .multiply(new BigDecimal("0.0005"))
                .add(new BigDecimal("8.20"))
                .toPlainString();
    }

    @Test
    void aCeilingInAnotherCurrencyIsNotGuessedAt() {
        model.answers(says(Freight.PLAN));

        assertThat(refusal(plan(PRICED, task("100", "USD")))).contains("USD", "EUR");
    }

    @Test
    void aModelWithoutAPriceNeedsNoCeiling() {
        model.answers(says(Freight.PLAN));

        Cost cost = ((Planned) plan(LlmSettings.Budget.FREE, task("0", "USD"))).cost();
        assertThat(cost.hasLlm()).isFalse();
        assertThat(cost.getLlmTokens()).isEqualTo(1_200);
    }

    @Test
    void theTokenBudgetHoldsForThePlanAsAWhole() {
        model.answers(says(Freight.PLAN));
        LlmSettings.Budget small = new LlmSettings.Budget(5_000, BigDecimal.ZERO, BigDecimal.ZERO, "EUR");

        assertThat(refusal(plan(small, Freight.task(Freight.INSTRUCTION)))).contains("over the budget of 5000");
        assertThat(model.questions()).isEmpty();
    }

    @Test
    void theMoneyBudgetHoldsWithoutACeilingToo() {
        model.answers(says("no"), says(Freight.PLAN));
        BigDecimal justOnce = new BigDecimal(ceilingForOneCall());
        PlanRequest.Builder task = Freight.task(Freight.INSTRUCTION);

        PlanOutcome repaired = plan(bounded(justOnce), task);
        assertThat(refusal(repaired)).contains("over the budget of", "after a first plan that breaks rules");
        assertThat(((Refused) repaired).cost().getLlm().getValue()).isEqualTo("0.900000");
        assertThat(model.questions()).hasSize(1);

        model.answers(says(Freight.PLAN));
        assertThat(refusal(plan(bounded(new BigDecimal("8.19")), task))).contains("over the budget of 8.19");
        assertThat(model.questions()).isEmpty();
    }

    @Test
    void theTighterOfBudgetAndCeilingHolds() {
        model.answers(says(Freight.PLAN));

        assertThat(refusal(plan(bounded(new BigDecimal("100")), task("8.19", "EUR"))))
                .contains("the task's ceiling of 8.19");
        assertThat(refusal(plan(bounded(new BigDecimal("8.19")), task("100", "EUR"))))
                .contains("the budget of 8.19");
        assertThat(model.questions()).isEmpty();
    }

    private static LlmSettings.Budget bounded(BigDecimal most) {
        return new LlmSettings.Budget(
                PRICED.maxTokens(),
                PRICED.promptPricePer1k(),
                PRICED.completionPricePer1k(),
                PRICED.currency(),
                Optional.of(most));
    }

    @Test
    void whatTheServerDoesNotCountIsChargedAtItsDearest() {
        model.answers(json("{\"choices\": [{\"finish_reason\": \"stop\", \"message\": {\"content\": "
                + TestingModel.quoted(Freight.PLAN) + "}}]}"));

        Cost cost = ((Planned) plan(PRICED, task("100", "EUR"))).cost();

        assertThat(cost.getLlmTokens()).isEqualTo(cost.getBytesOut() + 4_096);
    }
}
