package dev.pinfactory.router.planner.interpret;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts a request for two things by one verb ("tell me the language and the mood of the letter") into its parts. Whether a clause is such a request or
 * speaks of one thing with an "and" in it can't be told from the words: whoever can tell puts the parts in the clause's place.
 */
public final class Conjuncts {
    private static final Set<String> CONJUNCTIONS = Set.of("and", "&", "plus");
    private static final int MAX_PARTS = 6;
    private static final int LONGEST_LEAD = 4;

    private Conjuncts() {}

    /**
     * The parts of a clause that asks, in order; the clause alone where it has no inner conjunction. Names of inputs make no part of their own: "the
     * language of the letter and the review" speaks of two inputs and asks for one thing.
     */
    public static List<Clause> of(Interpretation interpretation, Clause clause) {
        List<Token> tokens = interpretation.tokensOf(clause);
        if (!clause.asks() || tokens.stream().noneMatch(token -> CONJUNCTIONS.contains(token.lower()))) {
            return List.of(clause);
        }
        List<List<Token>> runs = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            boolean ends = i == tokens.size()
                    || tokens.get(i).is(",")
                    || CONJUNCTIONS.contains(tokens.get(i).lower());
            if (!ends) {
                continue;
            }
            List<Token> run = tokens.subList(from, i);
            if (!runs.isEmpty() && hasWord(run) && onlyNames(interpretation, run)) {
                runs.set(
                        runs.size() - 1,
                        tokens.subList(tokens.indexOf(runs.getLast().getFirst()), i));
            } else if (hasWord(run)) {
                runs.add(run);
            }
            from = i + 1;
        }
        if (runs.size() < 2 || runs.size() > MAX_PARTS) {
            return List.of(clause);
        }
        String lead = lead(interpretation, runs.getFirst());
        List<Clause> parts = new ArrayList<>();
        for (List<Token> run : runs) {
            parts.add(part(interpretation, clause, run, parts.isEmpty() ? "" : lead));
        }
        return parts;
    }

    /** The clause from the first part's start to the last one's end, for parts that belong together. */
    public static Clause joined(Interpretation interpretation, Clause whole, List<Clause> parts) {
        int start = parts.getFirst().start();
        int end = parts.getLast().end();
        return whole.part(
                interpretation.instruction().substring(start, end),
                parts.getFirst().lead(),
                start,
                end);
    }

    /** Whether a part is a noun phrase of its own: "the mood of the letter", not "mood". */
    public static boolean standsAlone(Interpretation interpretation, Clause part) {
        return FunctionWords.DETERMINERS.contains(
                interpretation.tokensOf(part).getFirst().lower());
    }

    private static Clause part(Interpretation interpretation, Clause clause, List<Token> run, String lead) {
        int start = run.getFirst().start();
        int end = run.getLast().end();
        return clause.part(interpretation.instruction().substring(start, end), lead, start, end);
    }

    /** What the first part begins with and the others share: "Tell me", "What's", "I need to know". */
    private static String lead(Interpretation interpretation, List<Token> run) {
        int length = 0;
        boolean prepositions = true;
        while (length < Math.min(run.size() - 1, LONGEST_LEAD) && isLead(run, length)) {
            prepositions &= FunctionWords.PREPOSITIONS.contains(run.get(length).lower());
            length++;
        }
        return prepositions
                ? ""
                : interpretation
                        .instruction()
                        .substring(run.getFirst().start(), run.get(length - 1).end());
    }

    private static boolean isLead(List<Token> run, int i) {
        String word = run.get(i).lower();
        if (FunctionWords.DETERMINERS.contains(word)) {
            return false;
        }
        String next = run.get(i + 1).lower();
        return i == 0
                || FunctionWords.isFunctionWord(word)
                || FunctionWords.opensObject(next)
                || FunctionWords.PARTICLES.contains(next);
    }

    private static boolean onlyNames(Interpretation interpretation, List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.kind() == Token.Kind.WORD && !FunctionWords.isFunctionWord(token.lower()))
                .allMatch(token -> interpretation.namesAnInput(token.lower()));
    }

    private static boolean hasWord(List<Token> tokens) {
        return tokens.stream()
                .anyMatch(token -> token.kind() == Token.Kind.WORD && !FunctionWords.isFunctionWord(token.lower()));
    }
}
