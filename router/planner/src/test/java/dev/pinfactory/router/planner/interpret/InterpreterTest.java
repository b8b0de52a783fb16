package dev.pinfactory.router.planner.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.router.planner.interpret.Clause.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterpreterTest {
    private final Interpreter interpreter = new Interpreter(new TestingLexicon());

    private List<Clause> read(String instruction) {
        return interpreter.interpret(instruction).clauses();
    }

    private static List<String> texts(List<Clause> clauses) {
        return clauses.stream().map(Clause::text).toList();
    }

    @Test
    void aListOfNounsIsOneClauseAndVerbsBeginNewOnes() {
        List<Clause> clauses = read(
                "Here is a waybill. Read the carrier, date and weight from it, tell me what route it takes and translate the note.");
        assertThat(texts(clauses))
                .containsExactly(
                        "Here is a waybill",
                        "Read the carrier, date and weight from it",
                        "tell me what route it takes",
                        "translate the note");
        assertThat(clauses.getFirst().kind()).isEqualTo(Kind.STATEMENT);
        assertThat(clauses.get(1).asks()).isTrue();
    }

    @Test
    void anUnknownWordBeforeAnArticleIsAVerb() {
        assertThat(texts(read("Palletise the crates and shrinkwrap the pallets.")))
                .containsExactly("Palletise the crates", "shrinkwrap the pallets");
    }

    @Test
    void negationStaysOutOfWhatIsWanted() {
        Interpretation read = interpreter.interpret("Condense the report, but do not translate it.");
        assertThat(read.clauses()).extracting(Clause::negated).containsExactly(false, true);
        assertThat(read.clauses().get(1).text()).isEqualTo("translate it");
        assertThat(read.wanted()).contains("Condense").doesNotContain("translate");
    }

    @Test
    void noNeedToAndWithoutNegateToo() {
        assertThat(read("Condense the report. No need to translate it.").get(1).negated())
                .isTrue();
        List<Clause> without = read("Condense the report without translating it");
        assertThat(without.get(1).negated()).isTrue();
        assertThat(without.get(1).text()).isEqualTo("translating it");
    }

    @Test
    void beforeAndAfterChangeTheOrder() {
        assertThat(texts(read("Before translating the letter, anonymise the letter.")))
                .containsExactly("anonymise the letter", "translating the letter");
        assertThat(texts(read("Translate the letter after anonymising it.")))
                .containsExactly("anonymising it", "Translate the letter");
        assertThat(read("Translate the letter after anonymising it.").get(1).sequential())
                .isTrue();
    }

    @Test
    void thenMakesAClauseSequential() {
        List<Clause> clauses = read("First anonymise the letter, then condense it");
        assertThat(texts(clauses)).containsExactly("anonymise the letter", "condense it");
        assertThat(clauses.get(1).sequential()).isTrue();
    }

    @Test
    void aConditionBeforeAClauseGovernsIt() {
        List<Clause> clauses = read("If the parcel is damaged, translate the note and condense it.");
        assertThat(clauses.getFirst().kind()).isEqualTo(Kind.CONDITION);
        assertThat(clauses.subList(1, 3))
                .allSatisfy(clause ->
                        assertThat(clause.condition().orElseThrow().text()).isEqualTo("the parcel is damaged"));
    }

    @Test
    void aConditionAfterAClauseGovernsThatOneAlone() {
        List<Clause> clauses = read("Translate the note only if it is in Polish, and condense the report.");
        assertThat(clauses).filteredOn(clause -> clause.kind() == Kind.REQUEST).hasSize(2);
        Clause translate = clauses.stream()
                .filter(clause -> clause.text().startsWith("Translate"))
                .findFirst()
                .orElseThrow();
        Clause condense = clauses.stream()
                .filter(clause -> clause.text().startsWith("condense"))
                .findFirst()
                .orElseThrow();
        assertThat(translate.condition().orElseThrow().text()).isEqualTo("it is in Polish");
        assertThat(condense.condition()).isEmpty();
    }

    @Test
    void otherwiseInvertsTheCondition() {
        List<Clause> clauses = read("If it is urgent, translate the note, otherwise condense the note.");
        assertThat(clauses.getLast().condition().orElseThrow().negated()).isTrue();
    }

    @Test
    void checkIfAsksWhetherAndIsNoCondition() {
        List<Clause> clauses = read("Check if the parcel is damaged.");
        assertThat(clauses).singleElement().satisfies(clause -> {
            assertThat(clause.kind()).isEqualTo(Kind.REQUEST);
            assertThat(clause.condition()).isEmpty();
        });
    }

    @Test
    void quotationsFileNamesAndNumbersDoNotSplit() {
        assertThat(texts(read(
                        "Translate \"Stop. Then read the sign, please\" and condense notes.final.txt to 1,500 words.")))
                .hasSize(2);
    }

    @Test
    void spansCountCodePoints() {
        Interpretation read = interpreter.interpret("📦📦 ok. Translate the note.");
        Clause translate = read.clauses().getLast();
        assertThat(read.span(translate).getStart()).isEqualTo(7);
        assertThat(read.span(translate).getEnd()).isEqualTo(25);
    }

    @Test
    void anyTextIsReadWithoutFailing() {
        for (String text : List.of(
                "",
                " ",
                ",,,",
                "if",
                "and and and",
                "do not",
                "before",
                "?!",
                "\"",
                "if if if then",
                "- - -",
                "a".repeat(8_000))) {
            assertThat(interpreter.interpret(text)).isNotNull();
        }
    }

    @Test
    void whatSomebodyElseDoesLaterIsNoRequest() {
        List<Clause> clauses = read("Condense the report before I translate it.");
        assertThat(clauses).extracting(Clause::asks).containsExactly(true, false);
    }

    @Test
    void aPoliteIfIsNoCondition() {
        List<Clause> clauses = read("It would be great if you could condense the report.");
        assertThat(clauses.getLast().asks()).isTrue();
        assertThat(clauses.getLast().condition()).isEmpty();
    }

    @Test
    void ifSoTakesTheQuestionBeforeAsItsCondition() {
        Clause last = read("Is the report long? If so, condense it.").getLast();
        assertThat(last.condition().orElseThrow().text()).isEqualTo("Is the report long");
        assertThat(last.condition().orElseThrow().negated()).isFalse();
    }

    @Test
    void notAndOrForbidsBoth() {
        assertThat(read("Read the note. Do not condense or translate it."))
                .filteredOn(clause -> !clause.text().startsWith("Read"))
                .extracting(Clause::negated)
                .containsOnly(true);
    }
}
