package dev.pinfactory.router.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Language models among the specialists: a step's last resort, and never its first. */
class StandInsTest {
    private static final Contract GENIUS = TestingCards.CONDENSE.toBuilder()
            .setId("a-genius")
            .setKind(Contract.Kind.LLM)
            .addAcceptsDataClasses("*")
            .build();
    /** Its ports fit, and it does something else. */
    private static final Contract POET = GENIUS.toBuilder()
            .setId("a-poet")
            .setCapability("write.poem")
            .setSummary("poem")
            .build();

    private final EncoderPlanner planner = new EncoderPlanner(TestingModels.models(), Clock.systemUTC());

    private Plan plan(Constraints.Builder constraints, String dataClass, Contract... more) {
        Contracts contracts = TestingCards.ALL;
        for (Contract contract : more) {
            contracts = contracts.with(contract);
        }
        InputDescription.Builder letter =
                InputDescription.newBuilder().setName("letter").setType("text");
        if (!dataClass.isEmpty()) {
            letter.addDataClasses(dataClass);
        }
        PlanRequest request = PlanRequest.newBuilder()
                .setInstruction("Condense the letter.")
                .addInputs(letter)
                .setConstraints(constraints)
                .build();
        return ((Planned) planner.plan(new PlanningRequest(request, contracts, Instant.MAX))).plan();
    }

    private static Constraints.Builder escalating() {
        return Constraints.newBuilder().setMayEscalate(true);
    }

    @Test
    void aLanguageModelIsTheLastFallbackAndNotThePlan() {
        Plan plan = plan(escalating(), "", GENIUS);
        Step step = plan.getSteps(0);
        assertThat(step.getSpecialist()).isEqualTo("condense");
        assertThat(step.getFallbacksList())
                .extracting(Fallback::getSpecialist)
                .containsExactly("condense-too", "a-genius");
        assertThat(plan.getConfidence())
                .isEqualTo(plan(Constraints.newBuilder(), "").getConfidence());
    }

    @Test
    void whatMayNotEscalateHasNone() {
        assertThat(plan(Constraints.newBuilder(), "", GENIUS).getSteps(0).getFallbacksList())
                .extracting(Fallback::getSpecialist)
                .containsExactly("condense-too");
    }

    @Test
    void oneForAnotherTaskDoesNotStandIn() {
        assertThat(plan(escalating(), "", POET).getSteps(0).getFallbacksList())
                .extracting(Fallback::getSpecialist)
                .containsExactly("condense-too");
        assertThat(plan(escalating(), "", POET.toBuilder().setCapability("").build())
                        .getSteps(0)
                        .getFallbacksList())
                .extracting(Fallback::getSpecialist)
                .containsExactly("condense-too", "a-poet");
    }

    @Test
    void oneThatMayNotSeeTheDataIsLeftOut() {
        Contract cleared =
                TestingCards.CONDENSE.toBuilder().addAcceptsDataClasses("*").build();
        Contract clearedToo =
                TestingCards.CONDENSE_TOO.toBuilder().addAcceptsDataClasses("*").build();
        Contract blind = GENIUS.toBuilder().clearAcceptsDataClasses().build();
        assertThat(plan(escalating(), "personal", cleared, clearedToo, blind)
                        .getSteps(0)
                        .getFallbacksList())
                .extracting(Fallback::getSpecialist)
                .containsExactly("condense-too");
        assertThat(plan(escalating(), "personal", cleared, clearedToo, GENIUS)
                        .getSteps(0)
                        .getFallbacksList())
                .extracting(Fallback::getSpecialist)
                .containsExactly("condense-too", "a-genius");
    }

    @Test
    void oneThatAloneDoesSomethingIsPlannedWith() {
        Constraints.Builder alone = escalating().addAllowedSpecialists("a-genius");
        assertThat(plan(alone, "", GENIUS).getSteps(0).getSpecialist()).isEqualTo("a-genius");
    }
}
