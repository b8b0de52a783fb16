package dev.pinfactory.router.llm;

import static dev.pinfactory.router.llm.TestingModel.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.router.planner.Cascade;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.Planner;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LlmCascadeTest {
    private static final Plan UNSURE = Plan.newBuilder()
            .setConfidence(0.2)
            .setPlanner(Plan.Planner.ENCODER)
            .build();
    private static TestingModel model;

    @BeforeAll
    static void start() {
        model = new TestingModel();
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    private static PlanOutcome cascade(Planner encoder, PlanRequest.Builder task) {
        try (LlmPlanner llm = new LlmPlanner(model.settings())) {
            return new Cascade(encoder, Optional.of(llm), 0.6).plan(Freight.request(task));
        }
    }

    private static Planner unsure() {
        return request -> new Planned(UNSURE);
    }

    @Test
    void anUnsureEncoderLetsTheLanguageModelPlan() {
        model.answers(says(Freight.PLAN));

        PlanOutcome outcome = cascade(unsure(), Freight.task(Freight.INSTRUCTION));

        assertThat(outcome).isInstanceOfSatisfying(Planned.class, planned -> {
            assertThat(planned.plan().getPlanner()).isEqualTo(Plan.Planner.LLM);
            assertThat(planned.cost().getLlmTokens()).isEqualTo(1_200);
        });
    }

    @Test
    void aSureEncoderIsNotSecondGuessed() {
        model.answers(says(Freight.PLAN));
        Plan sure = UNSURE.toBuilder().setConfidence(0.9).build();

        assertThat(cascade(request -> new Planned(sure), Freight.task(Freight.INSTRUCTION)))
                .isEqualTo(new Planned(sure));
        assertThat(model.questions()).isEmpty();
    }

    @Test
    void withoutPermissionTheEncodersRefusalStands() {
        model.answers(says(Freight.PLAN));
        PlanRequest.Builder task = Freight.task(Freight.INSTRUCTION);
        task.getConstraintsBuilder().setMayEscalate(false);

        assertThat(cascade(unsure(), task)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().getReason()).isEqualTo(Refusal.Reason.LOW_CONFIDENCE);
            assertThat(refused.refusal().getBestGuess()).isEqualTo(UNSURE);
        });
        assertThat(model.questions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Misbehaviour.class)
    void aBrokenLanguageModelLeavesTheEncodersRefusal(Misbehaviour misbehaviour) {
        model.answers(misbehaviour.answer);

        PlanOutcome outcome = cascade(unsure(), Freight.task(Freight.INSTRUCTION));

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().getReason()).isEqualTo(Refusal.Reason.LOW_CONFIDENCE);
            assertThat(refused.refusal().getBestGuess()).isEqualTo(UNSURE);
            assertThat(refused.refusal().getMessage()).contains("0.20", misbehaviour.why);
            assertThat(refused.cost().getCalls()).isEqualTo(misbehaviour.questions);
        });
    }

    @Test
    void whatTheEncoderDidNotUnderstandTheLanguageModelMay() {
        model.answers(says(Freight.PLAN));
        Planner encoder = request -> new Refused(
                Refusal.newBuilder().setReason(Refusal.Reason.UNKNOWN_LANGUAGE).build());

        assertThat(cascade(encoder, Freight.task(Freight.INSTRUCTION))).isInstanceOf(Planned.class);
    }
}
