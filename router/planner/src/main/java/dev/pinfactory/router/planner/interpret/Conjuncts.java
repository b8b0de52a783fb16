package dev.pinfactory.router.planner.interpret;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cuts a request for two things by one verb ("tell me the language and the mood of the letter") into its parts. Whether a clause is such a request or
 * speaks of one thing with an "and" in it can't be told from the words: {@link #cut} takes whoever can tell.
 */
public final class Conjuncts {
    private static final Set<String> CONJUNCTIONS = Set.of("and", "&", "plus");
    private static final int MAX_PARTS = 4;

    private Conjuncts() {}

    /**
     * The parts of each clause, one after the other; a clause without an inner conjunction is its own only part.
     */
    public static List<List<Clause>> of(Interpretation interpretation) {
        return interpretation.clauses().stream()
                .map(clause -> parts(interpretation, clause))
                .toList();
    }

    /** The interpretation with those clauses cut that the predicate names by position. */
    public static Interpretation cut(
            Interpretation interpretation, List<List<Clause>> parts, Predicate<Integer> which) {
        List<Clause> clauses = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (which.test(i)) {
                clauses.addAll(parts.get(i));
            } else {
                clauses.add(interpretation.clauses().get(i));
            }
        }
        return new Interpretation(interpretation.instruction(), interpretation.tokens(), clauses);
    }

    private static List<Clause> parts(Interpretation interpretation, Clause clause) {
        List<Token> tokens = interpretation.tokensOf(clause);
        List<Clause> parts = new ArrayList<>();
        if (!clause.asks()) {
            return List.of(clause);
        }
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            boolean ends =
                    i == tokens.size() || CONJUNCTIONS.contains(tokens.get(i).lower());
            if (ends && hasWord(tokens.subList(from, i))) {
                int start = tokens.get(from).start();
                int end = tokens.get(i - 1).end();
                String words = interpretation.instruction().substring(start, end);
                parts.add(clause.part(words, start, end, parts.isEmpty()));
            }
            from = ends ? i + 1 : from;
        }
        return parts.size() < 2 || parts.size() > MAX_PARTS ? List.of(clause) : parts;
    }

    private static boolean hasWord(List<Token> tokens) {
        return tokens.stream()
                .anyMatch(token -> token.kind() == Token.Kind.WORD && !FunctionWords.isFunctionWord(token.lower()));
    }
}
