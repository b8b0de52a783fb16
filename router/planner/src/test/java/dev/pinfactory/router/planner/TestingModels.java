package dev.pinfactory.router.planner;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.TextSimilarity;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.TestingLexicon;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Models that compare stems: enough to test what the planner does with scores, without an encoder. */
final class TestingModels {
    private TestingModels() {}

    static PlannerModels models() {
        return new PlannerModels(
                grounder(),
                similarity(),
                new TestingLexicon(),
                instruction -> instruction.startsWith("Bonjour") ? 0.1 : 0.9,
                evidence -> 1 - evidence.unexplained());
    }

    /** A clause asks for a card with the probability that its share of the card's summary's stems suggests. */
    private static Grounder grounder() {
        return (interpretation, contracts) -> {
            List<CardScore> scores = new ArrayList<>();
            for (Contract contract : contracts.all()) {
                Set<String> card = Words.contentStems(contract.getSummary());
                List<Double> byClause = new ArrayList<>();
                double best = 0;
                for (Clause clause : interpretation.clauses()) {
                    double score = Math.min(0.95, 1.6 * share(card, Words.contentStems(interpretation.asked(clause))));
                    byClause.add(score);
                    best = clause.negated() ? best : Math.max(best, score);
                }
                scores.add(new CardScore(contract, best, byClause));
            }
            return new Grounding(scores);
        };
    }

    static TextSimilarity similarity() {
        return (left, right) -> {
            double[][] result = new double[left.size()][right.size()];
            for (int i = 0; i < left.size(); i++) {
                for (int j = 0; j < right.size(); j++) {
                    result[i][j] = share(Words.contentStems(left.get(i)), Words.contentStems(right.get(j)));
                }
            }
            return result;
        };
    }

    private static double share(Set<String> wanted, Set<String> found) {
        Set<String> both = new HashSet<>(wanted);
        both.retainAll(found);
        return wanted.isEmpty() ? 0 : (double) both.size() / wanted.size();
    }
}
