package dev.pinfactory.router.planner.ground;

import dev.pinfactory.proto.v1.Contract;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How well one contract answers an instruction.
 *
 * @param probability that the right plan uses it
 * @param byClause the same for each clause of the interpretation, read as if it were the whole instruction
 * @param excluded clauses that it would be considered for, had its card no counter-example like them; their probability is 0
 * @param mention index of the char of the instruction around which it is spoken of, where a reading of the words tells
 */
public record CardScore(
        Contract contract,
        double probability,
        List<Double> byClause,
        Map<Integer, Exclusion> excluded,
        OptionalInt mention) {
    /**
     * Why a card is out of the question for a clause.
     *
     * @param counterExample of the card, that the clause comes near
     * @param otherwise the clause's probability without it
     */
    public record Exclusion(String counterExample, double otherwise) {}

    public CardScore {
        byClause = List.copyOf(byClause);
        excluded = Map.copyOf(excluded);
    }

    public CardScore(Contract contract, double probability, List<Double> byClause) {
        this(contract, probability, byClause, Map.of(), OptionalInt.empty());
    }

    /** The same card with another probability. */
    public CardScore with(double other) {
        return new CardScore(contract, other, byClause, excluded, mention);
    }

    public double of(int clause) {
        return byClause.get(clause);
    }
}
