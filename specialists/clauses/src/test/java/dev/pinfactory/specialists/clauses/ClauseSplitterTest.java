package dev.pinfactory.specialists.clauses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClauseSplitterTest {
    @Test
    void numbersBelongToTheirClausesAndAreNotRead() {
        List<Clause> clauses =
                ClauseSplitter.split("1. You pay us monthly. We send a bill. 2. You may leave\n  at any time.");
        assertThat(clauses)
                .extracting(Clause::text)
                .containsExactly("You pay us monthly.", "We send a bill.", "You may leave at any time.");
        assertThat(clauses.getFirst().start()).isZero();
        assertThat(clauses.getLast().start()).isEqualTo(39);
    }

    @Test
    void itemsOfAListAreClauses() {
        assertThat(
                        texts(
                                "We may end the contract:\n(a) if you do not pay,\n(b) for any reason;\n3.2 The fee is due at once."))
                .containsExactly(
                        "We may end the contract:", "if you do not pay,", "for any reason;", "The fee is due at once.");
    }

    @Test
    void aLineThatGoesOnIsNoClause() {
        assertThat(
                        texts(
                                "The notice has to be sent to our office in writing at least\n30 days before the end of the contract that it is for."))
                .hasSize(1);
    }

    @Test
    void runsWithoutAnEndAreCutAtABlank() {
        List<Clause> clauses = ClauseSplitter.split("word ".repeat(2_500));
        assertThat(clauses)
                .hasSize(3)
                .allSatisfy(clause -> assertThat(clause.text().length()).isLessThanOrEqualTo(ClauseSplitter.LONGEST));
        assertThat(String.join(" ", clauses.stream().map(Clause::text).toList()))
                .isEqualTo("word ".repeat(2_500).strip());
    }

    @Test
    void digitsAndBlanksWithoutEndTakeNoTime() {
        assertThat(texts("1. ".repeat(60_000)).size()).isLessThan(100);
        assertThat(texts("\n ".repeat(90_000)).size()).isZero();
    }

    private static List<String> texts(String text) {
        return ClauseSplitter.split(text).stream().map(Clause::text).toList();
    }
}
