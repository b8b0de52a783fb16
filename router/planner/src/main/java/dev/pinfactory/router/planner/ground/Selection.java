package dev.pinfactory.router.planner.ground;

import dev.pinfactory.router.planner.interpret.Clause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which contracts the plan uses, decided from their scores.
 *
 * @param chosen best first
 * @param left the others, best first
 */
public record Selection(List<CardScore> chosen, List<CardScore> left) {
    /** A card that a clause asks for with more than this is chosen even where the request as a whole says less. */
    public static final double CLAIMS = 0.4;

    /** A clause is answered by a card that it asks for with at least this. */
    public static final double ANSWERS = 0.2;

    /** Below it a card is not chosen, whatever the expected F1: one wrong step costs more trust than one missing. */
    private static final double FLOOR = 0.3;

    private static final int MAX_CHOSEN = 32;

    public Selection {
        chosen = List.copyOf(chosen);
        left = List.copyOf(left);
    }

    /**
     * Takes the number of best cards that has the highest expected F1 with the true set (Ye et al. 2012, plug-in estimate 2 sum(p) / (n + E|truth|)),
     * then what single clauses claim; never what a negated clause names.
     */
    public static Selection from(Grounding grounding, List<Clause> clauses) {
        Set<CardScore> forbidden = forbidden(grounding, clauses);
        List<CardScore> candidates = grounding.scores().stream()
                .filter(score -> !forbidden.contains(score))
                .toList();
        List<CardScore> chosen = new ArrayList<>(candidates.subList(0, bestCount(candidates)));
        for (int clause = 0; clause < clauses.size(); clause++) {
            CardScore claimed = claimed(candidates, clauses, clause);
            if (claimed != null
                    && chosen.size() < MAX_CHOSEN
                    && !answered(chosen, clause)
                    && !chosen.contains(claimed)) {
                chosen.add(claimed);
            }
        }
        withoutInterchangeable(chosen);
        List<CardScore> left =
                candidates.stream().filter(score -> !chosen.contains(score)).toList();
        return new Selection(chosen, left);
    }

    private static int bestCount(List<CardScore> candidates) {
        double expectedTruth =
                candidates.stream().mapToDouble(CardScore::probability).sum();
        double sum = 0;
        double best = 0;
        int count = 0;
        for (int n = 1; n <= Math.min(candidates.size(), MAX_CHOSEN); n++) {
            double probability = candidates.get(n - 1).probability();
            sum += probability;
            double expectedF1 = 2 * sum / (n + expectedTruth);
            if (probability >= FLOOR && expectedF1 > best) {
                best = expectedF1;
                count = n;
            }
        }
        return count;
    }

    private static @Nullable CardScore claimed(List<CardScore> candidates, List<Clause> clauses, int clause) {
        if (!clauses.get(clause).mayAsk() && clauses.get(clause).kind() != Clause.Kind.CONDITION) {
            return null;
        }
        CardScore best = best(candidates, clause);
        return best != null && best.of(clause) >= CLAIMS ? best : null;
    }

    private static boolean answered(List<CardScore> chosen, int clause) {
        return chosen.stream().anyMatch(score -> score.of(clause) >= CLAIMS);
    }

    /** The best card of each negated clause, unless a clause that asks names it more clearly. */
    private static Set<CardScore> forbidden(Grounding grounding, List<Clause> clauses) {
        Set<CardScore> forbidden = new HashSet<>();
        for (int clause = 0; clause < clauses.size(); clause++) {
            CardScore best = clauses.get(clause).negated() ? best(grounding.scores(), clause) : null;
            if (best == null || best.of(clause) < ANSWERS) {
                continue;
            }
            double asked = 0;
            for (int other = 0; other < clauses.size(); other++) {
                asked = clauses.get(other).asks() ? Math.max(asked, best.of(other)) : asked;
            }
            if (asked < CLAIMS || asked < best.of(clause)) {
                forbidden.add(best);
            }
        }
        return forbidden;
    }

    private static @Nullable CardScore best(List<CardScore> scores, int clause) {
        CardScore best = null;
        for (CardScore score : scores) {
            best = best == null || score.of(clause) > best.of(clause) ? score : best;
        }
        return best;
    }

    /** Of cards with one capability the best does the work; the others become its fallbacks. */
    private static void withoutInterchangeable(List<CardScore> chosen) {
        Set<String> capabilities = new HashSet<>();
        chosen.removeIf(score -> !score.contract().getCapability().isEmpty()
                && !capabilities.add(score.contract().getCapability()));
    }
}
