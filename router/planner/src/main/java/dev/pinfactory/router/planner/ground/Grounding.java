package dev.pinfactory.router.planner.ground;

import dev.pinfactory.proto.v1.ConsideredSpecialist;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How well contracts answer an instruction.
 *
 * @param scores best first; equal ones by id
 */
public record Grounding(List<CardScore> scores) {
    public static final Comparator<CardScore> BEST_FIRST = Comparator.comparingDouble(CardScore::probability)
            .reversed()
            .thenComparing(score -> score.contract().getId());

    private static final int MOST_CANDIDATES = 3;
    private static final double WORTH_TELLING = 0.01;

    public Grounding {
        scores = scores.stream().sorted(BEST_FIRST).toList();
    }

    /**
     * Who else clauses may mean, best first.
     *
     * @param clauses any of them, each on its own
     * @param except a contract id
     */
    public List<ConsideredSpecialist> nearest(Set<Integer> clauses, String except) {
        return scores.stream()
                .filter(score -> !score.contract().getId().equals(except))
                .map(score -> ConsideredSpecialist.newBuilder()
                        .setSpecialist(score.contract().getId())
                        .setConfidence(
                                clauses.stream().mapToDouble(score::of).max().orElse(0))
                        .setCounterExample(clauses.stream()
                                .flatMap(clause ->
                                        Stream.ofNullable(score.excluded().get(clause)))
                                .findFirst()
                                .orElse(""))
                        .build())
                .filter(candidate -> candidate.getConfidence() >= WORTH_TELLING
                        || !candidate.getCounterExample().isEmpty())
                .sorted(Comparator.comparingDouble(ConsideredSpecialist::getConfidence)
                        .reversed()
                        .thenComparing(ConsideredSpecialist::getSpecialist))
                .limit(MOST_CANDIDATES)
                .toList();
    }

    /** The contract that a clause on its own asks for most. */
    public Optional<CardScore> best(int clause) {
        return scores.stream().max(Comparator.comparingDouble((CardScore score) -> score.of(clause)));
    }
}
