package dev.pinfactory.orchestrator.service.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterAnswersTest {
    @Test
    void aRoutersPlanDoesNotPassForAPinnedOne() {
        Plan told = Plan.newBuilder()
                .setPlanner(Plan.Planner.PINNED)
                .setPinnedAs("expense-claim@2")
                .setConfidence(0.5)
                .build();
        assertThat(RouterAnswers.plan(told))
                .isEqualTo(Plan.newBuilder().setConfidence(0.5).build());
        Plan own = Plan.newBuilder().setPlanner(Plan.Planner.LLM).build();
        assertThat(RouterAnswers.plan(own)).isSameAs(own);
    }

    @Test
    void aRefusalIsNotLargerThanItHasToBe() {
        Refusal told = Refusal.newBuilder()
                .setReason(Refusal.Reason.NOT_UNDERSTOOD)
                .setMessage("x".repeat(1_000_000))
                .setBestGuess(Plan.newBuilder().setDigest("y".repeat(1_000_000)))
                .build();
        Refusal taken = RouterAnswers.refusal(told);
        assertThat(taken.getReason()).isEqualTo(Refusal.Reason.NOT_UNDERSTOOD);
        assertThat(taken.getSerializedSize()).isLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "1E+999999999", "NaN", "", "12,50", "99999999999999999999"})
    void whatIsNoAmountCostsNothing(String value) {
        PlanResponse told = PlanResponse.newBuilder()
                .setCost(Cost.newBuilder()
                        .setCpuSeconds(Double.NaN)
                        .setLlmTokens(-1)
                        .setLlm(Amount.newBuilder().setValue(value).setCurrency("EUR")))
                .build();
        assertThat(RouterAnswers.cost(told)).isEqualTo(Cost.getDefaultInstance());
    }

    @Test
    void aCostIsTakenAsItIsTold() {
        Cost told = Cost.newBuilder()
                .setCpuSeconds(0.5)
                .setLlmTokens(7)
                .setLlm(Amount.newBuilder().setValue("0.01").setCurrency("EUR"))
                .build();
        assertThat(RouterAnswers.cost(PlanResponse.newBuilder().setCost(told).build()))
                .isEqualTo(told);
    }
}
