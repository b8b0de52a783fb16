package dev.pinfactory.router.planner.ground;

import dev.pinfactory.proto.v1.Contract;
import java.util.List;

/**
 * How well one contract answers an instruction.
 *
 * @param probability that the right plan uses it
 * @param byClause the same for each clause of the interpretation, read as if it were the whole instruction
 */
public record CardScore(Contract contract, double probability, List<Double> byClause) {
    public CardScore {
        byClause = List.copyOf(byClause);
    }

    public double of(int clause) {
        return byClause.get(clause);
    }
}
