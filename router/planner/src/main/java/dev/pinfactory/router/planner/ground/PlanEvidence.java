package dev.pinfactory.router.planner.ground;

import dev.pinfactory.router.planner.interpret.Clause;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a plan's confidence is judged by.
 *
 * @param weakestChosen lowest probability among the chosen contracts
 * @param meanChosen their mean
 * @param strongestLeft highest probability among those not chosen
 * @param logProbability sum of log P over the chosen and log (1 - P) over the others
 * @param clauses that ask for something
 * @param chosen number of contracts
 * @param unexplained share of asking clauses that no chosen contract answers
 * @param catalogue number of contracts to choose from
 */
public record PlanEvidence(
        double weakestChosen,
        double meanChosen,
        double strongestLeft,
        double logProbability,
        int clauses,
        int chosen,
        double unexplained,
        int catalogue) {
    private static final double SMALLEST = 1e-6;

    public static PlanEvidence of(Selection selection, List<Clause> clauses) {
        List<CardScore> chosen = selection.chosen();
        double log = 0;
        for (CardScore score : chosen) {
            log += Math.log(Math.max(SMALLEST, score.probability()));
        }
        for (CardScore score : selection.left()) {
            log += Math.log(Math.max(SMALLEST, 1 - score.probability()));
        }
        long asking = clauses.stream().filter(Clause::asks).count();
        long unexplained = IntStream.range(0, clauses.size())
                .filter(clause -> clauses.get(clause).asks())
                .filter(clause -> chosen.stream().noneMatch(score -> score.of(clause) >= Selection.ANSWERS))
                .count();
        return new PlanEvidence(
                chosen.stream().mapToDouble(CardScore::probability).min().orElse(0),
                chosen.stream().mapToDouble(CardScore::probability).average().orElse(0),
                selection.left().stream()
                        .mapToDouble(CardScore::probability)
                        .max()
                        .orElse(0),
                log,
                (int) asking,
                chosen.size(),
                asking == 0 ? 0 : (double) unexplained / asking,
                chosen.size() + selection.left().size());
    }
}
