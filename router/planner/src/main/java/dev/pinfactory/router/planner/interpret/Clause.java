package dev.pinfactory.router.planner.interpret;

import java.util.Optional;

/**
 * A part of the instruction that asks for, forbids, or tells one thing.
 *
 * @param text its words without connectives around them
 * @param context the words of the clause that it was cut from ("the language and the mood of the letter"); its own where it was not
 * @param start index of its first char in the instruction
 * @param end index after its last char
 * @param sentence number of its sentence
 * @param negated it says what is not wanted
 * @param sequential an order word ("then", "after that") puts it after the clause before it
 * @param forEach it says "each", "every", "all" or "both"
 * @param condition what has to hold for it
 */
public record Clause(
        String text,
        String context,
        int start,
        int end,
        Kind kind,
        int sentence,
        boolean negated,
        boolean sequential,
        boolean forEach,
        Optional<ConditionPhrase> condition) {

    /** What a clause does. */
    public enum Kind {
        /** Asks for something: an imperative, a question, a wish. */
        REQUEST,
        /** Tells something. */
        STATEMENT,
        /** Says when another clause holds; it may need a specialist to find out. */
        CONDITION
    }

    public boolean asks() {
        return kind == Kind.REQUEST && !negated;
    }

    Clause withCondition(ConditionPhrase phrase) {
        return new Clause(text, context, start, end, kind, sentence, negated, sequential, forEach, Optional.of(phrase));
    }

    Clause asSequential() {
        return new Clause(text, context, start, end, kind, sentence, negated, true, forEach, condition);
    }

    /** A part of this clause that asks by itself. */
    Clause part(String words, int from, int to, boolean first) {
        return new Clause(words, context, from, to, kind, sentence, negated, first && sequential, forEach, condition);
    }
}
