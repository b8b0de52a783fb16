package dev.pinfactory.router.planner.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pinfactory.proto.v1.ConsideredSpecialist;
import dev.pinfactory.proto.v1.Contract;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroundingTest {
    private static CardScore score(String id, List<Double> byClause, Map<Integer, CardScore.Exclusion> excluded) {
        return new CardScore(Contract.newBuilder().setId(id).build(), 0, byClause, excluded, OptionalInt.empty());
    }

    @Test
    void whomACounterExampleKeepsAwayStandsWhereItWouldWithout() {
        Grounding grounding = new Grounding(List.of(
                score("first", List.of(0.3), Map.of()),
                score("second", List.of(0.2), Map.of()),
                score("third", List.of(0.1), Map.of()),
                score("a-little", List.of(0.0), Map.of(0, new CardScore.Exclusion("Ship it.", 0.06))),
                score("kept-away", List.of(0.0), Map.of(0, new CardScore.Exclusion("Translate it.", 0.7)))));

        assertThat(grounding.nearest(Set.of(0), "none"))
                .extracting(
                        ConsideredSpecialist::getSpecialist,
                        ConsideredSpecialist::getConfidence,
                        ConsideredSpecialist::getCounterExample)
                .containsExactly(
                        tuple("kept-away", 0.0, "Translate it."), tuple("first", 0.3, ""), tuple("second", 0.2, ""));
    }

    @Test
    void aCounterExampleForOneClauseIsNotToldOfACardThatAnswersAnother() {
        Grounding grounding = new Grounding(
                List.of(score("both", List.of(0.8, 0.0), Map.of(1, new CardScore.Exclusion("Translate it.", 0.9)))));

        assertThat(grounding.nearest(Set.of(0, 1), ""))
                .containsExactly(ConsideredSpecialist.newBuilder()
                        .setSpecialist("both")
                        .setConfidence(0.8)
                        .build());
    }
}
