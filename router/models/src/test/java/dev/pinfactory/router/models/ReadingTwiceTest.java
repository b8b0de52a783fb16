package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.EncoderPlanner;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanningRequest;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is remembered, within a plan and from plan to plan, changes no plan. Over a catalogue that is looked at as a whole, and over a short list. */
class ReadingTwiceTest {
    private static final int PLANS = 6;

    /** Cards that are looked at as a whole. */
    private static final int FEW = 40;

    /** Of so many, the planner looks at a short list. */
    private static final int MANY = 230;

    @Test
    void anotherReadingIsGroundedAsItWouldBeByItself() {
        groundsTheSameAgain(FEW);
    }

    @Test
    @Tag("long")
    void anotherReadingOverManyCardsIsGroundedAsItWouldBeByItself() {
        groundsTheSameAgain(MANY);
    }

    private static void groundsTheSameAgain(int cards) {
        Contracts contracts = MadeUpRequests.contracts(cards);
        RouterModels models = RouterModels.shipped(SentenceEncoder.shared());
        Interpretation whole = new Interpreter(models.plannerModels().verbs())
                .interpret(
                        "Weigh the crates from Oslo. Translate the letter into German. Do not extract the keywords.");
        assertThat(whole.clauses()).hasSizeBetween(2, 3);
        Interpretation first = whole.with(whole.clauses().subList(0, 1));
        Grounder grounder = models.plannerModels().grounder().forOneInstruction();
        for (Interpretation reading : List.of(first, whole, first, whole)) {
            assertThat(grounder.ground(reading, contracts))
                    .isEqualTo(RouterModels.shipped(SentenceEncoder.shared())
                            .plannerModels()
                            .grounder()
                            .ground(reading, contracts));
        }
    }

    @Test
    void aPlanDoesNotDependOnThoseBeforeIt() {
        plansTheSameInAnotherOrder(FEW);
    }

    @Test
    @Tag("long")
    void aPlanOverManyCardsDoesNotDependOnThoseBeforeIt() {
        plansTheSameInAnotherOrder(MANY);
    }

    /** The requests have clauses in common, which are encoded beside other ones each time. */
    private static void plansTheSameInAnotherOrder(int cards) {
        Contracts contracts = MadeUpRequests.contracts(cards);
        MadeUpRequests requests = new MadeUpRequests(contracts, 400, 17);
        List<PlanningRequest> asked = new ArrayList<>();
        for (int i = 0; i < PLANS; i++) {
            asked.add(requests.next());
        }
        EncoderPlanner planner = planner();
        List<Object> outcomes = new ArrayList<>();
        asked.forEach(request -> outcomes.add(planner.plan(request)));
        assertThat(outcomes).hasAtLeastOneElementOfType(Planned.class);
        assertThat(asked.reversed().stream().map(planner()::plan).toList().reversed())
                .isEqualTo(outcomes);
    }

    private static EncoderPlanner planner() {
        return new EncoderPlanner(RouterModels.shipped(SentenceEncoder.shared()).plannerModels(), Clock.systemUTC());
    }
}
