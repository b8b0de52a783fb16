package dev.pinfactory.router.planner.ground;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How well contracts answer an instruction.
 *
 * @param scores best first; equal ones by id
 */
public record Grounding(List<CardScore> scores) {
    public static final Comparator<CardScore> BEST_FIRST = Comparator.comparingDouble(CardScore::probability)
            .reversed()
            .thenComparing(score -> score.contract().getId());

    public Grounding {
        scores = scores.stream().sorted(BEST_FIRST).toList();
    }

    /** The contract that a clause on its own asks for most. */
    public Optional<CardScore> best(int clause) {
        return scores.stream().max(Comparator.comparingDouble((CardScore score) -> score.of(clause)));
    }
}
