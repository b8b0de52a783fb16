package dev.pinfactory.router.planner.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import dev.pinfactory.router.planner.interpret.TestingLexicon;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SketchesTest {
    private static final String INSTRUCTION = "Shorten the letter, then translate the letter.";
    private static final Interpretation READ = new Interpreter(new TestingLexicon()).interpret(INSTRUCTION);

    private static CardScore score(Contract contract, OptionalInt mention) {
        List<Double> alike = Collections.nCopies(READ.clauses().size(), 0.5);
        return new CardScore(contract, 0.5, alike, Map.of(), mention);
    }

    private static Contract untyped(String id) {
        return Contract.newBuilder().setId(id).build();
    }

    private static Contract typed(String id) {
        return Contract.newBuilder()
                .setId(id)
                .addInputs(Port.newBuilder().setName("in").setType("text"))
                .build();
    }

    private static List<String> order(CardScore... chosen) {
        return Sketches.uses(READ, List.of(chosen)).stream()
                .map(use -> use.contract().getId())
                .toList();
    }

    private static OptionalInt at(String word) {
        return OptionalInt.of(INSTRUCTION.indexOf(word));
    }

    @Test
    void withoutTypesTheReadingOfTheWordsTellsWhoWorksFirst() {
        CardScore german = score(untyped("a_german"), at("translate"));
        CardScore brief = score(untyped("brief"), at("Shorten"));
        assertThat(order(german, brief)).containsExactly("brief", "a_german");
    }

    @Test
    void withTypesTheNameTellsWhereItIsSpokenOf() {
        CardScore translate = score(typed("translate"), at("Shorten"));
        CardScore shorten = score(typed("shorten"), at("translate"));
        assertThat(order(translate, shorten)).containsExactly("shorten", "translate");
    }

    @Test
    void aPlaceBehindTheLastClauseIsTheEnd() {
        CardScore last = score(untyped("a_last"), OptionalInt.of(INSTRUCTION.length()));
        CardScore first = score(untyped("first"), OptionalInt.of(0));
        assertThat(order(last, first)).containsExactly("first", "a_last");
    }
}
