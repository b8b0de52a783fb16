package dev.pinfactory.router.planner.interpret;

import java.util.List;
import java.util.Optional;

/**
 * A part of the instruction that asks for, forbids, or tells one thing.
 *
 * @param text its words without connectives around them
 * @param lead words of the clause that it was cut from which hold for it too ("Tell me" before "the mood of the letter"); else empty
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
        String lead,
        String context,
        int start,
        int end,
        Kind kind,
        int sentence,
        boolean negated,
        boolean sequential,
        boolean forEach,
        Optional<ConditionPhrase> condition) {

    /** No words at all. */
    public static final Clause NONE =
            new Clause("", "", "", 0, 0, Kind.STATEMENT, -1, false, false, false, Optional.empty());

    private static final int QUESTION_AT_MOST_AT = 4;

    /** What a clause does. */
    public enum Kind {
        /** Asks for something: an imperative, a question, a wish. */
        REQUEST,
        /** Tells something. */
        STATEMENT,
        /** Tells what is done before another clause is: "once the names are hidden". It is a request if somebody does it, and none if not. */
        DONE_BEFORE,
        /** Says when another clause holds; it may need a specialist to find out. */
        CONDITION
    }

    /** Asks for an answer, directly or after "tell me". A bare "can you" opens what follows and asks nothing. */
    public boolean isQuestion() {
        List<Token> tokens = Tokenizer.tokens(text);
        if (tokens.isEmpty() || tokens.stream().allMatch(token -> FunctionWords.isFunctionWord(token.lower()))) {
            return false;
        }
        return isPolarQuestion(tokens)
                || tokens.stream()
                        .limit(QUESTION_AT_MOST_AT)
                        .anyMatch(token -> FunctionWords.QUESTION_WORDS.contains(token.lower()));
    }

    /** "Is the letter long", "does it say so"; not "can you", which asks for what follows, nor "have a look". */
    static boolean isPolarQuestion(List<Token> tokens) {
        if (tokens.size() < 2) {
            return false;
        }
        String first = tokens.getFirst().lower();
        String second = tokens.get(1).lower();
        boolean addressed = second.equals("you") || second.equals("i");
        boolean verb = (first.equals("have") || first.equals("do") || first.equals("be")) && second.startsWith("a");
        return FunctionWords.AUXILIARIES.contains(first) && !addressed && !verb;
    }

    Clause withLead(String words) {
        return new Clause(text, words, context, start, end, kind, sentence, negated, sequential, forEach, condition);
    }

    /** What a specialist that is sure of it is used for. */
    public boolean mayAsk() {
        return asks() || kind == Kind.DONE_BEFORE && !negated;
    }

    public boolean asks() {
        return kind == Kind.REQUEST && !negated;
    }

    Clause withCondition(ConditionPhrase phrase) {
        return new Clause(
                text, lead, context, start, end, kind, sentence, negated, sequential, forEach, Optional.of(phrase));
    }

    Clause asSequential() {
        return new Clause(text, lead, context, start, end, kind, sentence, negated, true, forEach, condition);
    }

    Clause asRequest() {
        return new Clause(
                text, lead, context, start, end, Kind.REQUEST, sentence, false, sequential, forEach, condition);
    }

    /** A part of this clause that asks by itself. */
    Clause part(String words, String leading, int from, int to) {
        return new Clause(
                words,
                leading,
                context,
                from,
                to,
                kind,
                sentence,
                negated,
                from == start && sequential,
                forEach,
                condition);
    }
}
