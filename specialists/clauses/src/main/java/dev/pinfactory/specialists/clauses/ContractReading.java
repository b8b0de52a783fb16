package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelSetScores;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What a contract says, clause by clause.
 *
 * @param unfair in the order of the text
 * @param kinds of the whole: each that a clause has, likeliest first; {@value LabelSetScores#NONE} alone where no clause has any
 */
record ContractReading(List<UnfairClause> unfair, List<Candidate> kinds) {
    /** Between two looks at whether anyone still waits. */
    private static final int TOGETHER = 64;

    /**
     * Where a clause in thirty is unfair and not, as among those it learned from, one in twelve, fewer of those that it finds are. Fitted to 500 composed contracts
     * (seed 42), whose clauses the models that read them had not seen.
     */
    private static final PlattScaling AMONG_OTHERS = new PlattScaling(0.62, -0.33);

    /** Headings of a word or two are in no way unfair, and take the encoder as long as a clause. */
    private static final int LEAST_WORDS = 3;

    /**
     * A clause that is unfair.
     *
     * @param kinds the ways in which it is, likeliest first
     */
    record UnfairClause(Clause clause, List<Candidate> kinds) {
        UnfairClause {
            kinds = List.copyOf(kinds);
        }
    }

    ContractReading {
        unfair = List.copyOf(unfair);
        kinds = List.copyOf(kinds);
    }

    /** A text that is one clause is read as it stands. Empty when nobody waits for the answer any longer. */
    static Optional<ContractReading> of(
            ClauseReader reader, String text, List<Clause> clauses, BooleanSupplier cancelled) {
        List<Clause> read = clauses.stream()
                .filter(clause -> clause.text().split(" ", LEAST_WORDS).length == LEAST_WORDS)
                .toList();
        if (read.size() <= 1) {
            String stripped = text.strip();
            int start = text.indexOf(stripped);
            Clause whole = new Clause(text, start, start + stripped.length());
            return Optional.of(of(List.of(whole), List.of(reader.read(text)), PlattScaling.NONE));
        }
        List<List<Candidate>> answers = new ArrayList<>();
        for (int from = 0; from < read.size(); from += TOGETHER) {
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            answers.addAll(reader.read(read.subList(from, Math.min(read.size(), from + TOGETHER)).stream()
                    .map(Clause::text)
                    .toList()));
        }
        return Optional.of(of(read, answers, AMONG_OTHERS));
    }

    /** A kind is as likely as in the clause where it is likeliest; for the whole to be fair, each clause has to be. */
    private static ContractReading of(List<Clause> clauses, List<List<Candidate>> answers, PlattScaling scaling) {
        List<UnfairClause> unfair = new ArrayList<>();
        Map<String, Double> likeliest = new TreeMap<>();
        double none = 1;
        for (int i = 0; i < clauses.size(); i++) {
            Candidate best = answers.get(i).getFirst();
            if (best.label().equals(LabelSetScores.NONE)) {
                none *= best.confidence();
                continue;
            }
            List<Candidate> kinds = answers.get(i).stream()
                    .map(kind -> new Candidate(kind.label(), scaling.of(kind.confidence())))
                    .toList();
            unfair.add(new UnfairClause(clauses.get(i), kinds));
            kinds.forEach(kind -> likeliest.merge(kind.label(), kind.confidence(), Math::max));
        }
        List<Candidate> ranked = likeliest.entrySet().stream()
                .map(kind -> new Candidate(kind.getKey(), kind.getValue()))
                .sorted(Comparator.comparingDouble(Candidate::confidence).reversed())
                .toList();
        return new ContractReading(
                unfair, ranked.isEmpty() ? List.of(new Candidate(LabelSetScores.NONE, none)) : ranked);
    }
}
