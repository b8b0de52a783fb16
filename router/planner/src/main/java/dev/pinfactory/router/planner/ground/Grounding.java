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
     * Who else clauses may mean, best first; a card that a counter-example keeps from them stands where it would without.
     *
     * @param clauses any of them, each on its own
     * @param except a contract id
     */
    public List<ConsideredSpecialist> nearest(Set<Integer> clauses, String except) {
        return scores.stream()
                .filter(score -> !score.contract().getId().equals(except))
                .map(score -> Candidate.of(score, clauses))
                .filter(candidate -> candidate.likeness() >= WORTH_TELLING)
                .sorted(Comparator.comparingDouble(Candidate::likeness)
                        .reversed()
                        .thenComparing(candidate -> candidate.told().getSpecialist()))
                .limit(MOST_CANDIDATES)
                .map(Candidate::told)
                .toList();
    }

    /**
     * Who else may be meant.
     *
     * @param likeness how well it answers the clauses, or would without its counter-example
     */
    private record Candidate(ConsideredSpecialist told, double likeness) {
        static Candidate of(CardScore score, Set<Integer> clauses) {
            double confidence = clauses.stream().mapToDouble(score::of).max().orElse(0);
            ConsideredSpecialist.Builder told = ConsideredSpecialist.newBuilder()
                    .setSpecialist(score.contract().getId())
                    .setConfidence(confidence);
            Optional<CardScore.Exclusion> excluded = confidence >= WORTH_TELLING
                    ? Optional.empty()
                    : clauses.stream()
                            .flatMap(
                                    clause -> Stream.ofNullable(score.excluded().get(clause)))
                            .max(Comparator.comparingDouble(CardScore.Exclusion::otherwise));
            excluded.ifPresent(exclusion -> told.setCounterExample(exclusion.counterExample()));
            return new Candidate(
                    told.build(), excluded.map(CardScore.Exclusion::otherwise).orElse(confidence));
        }
    }

    /** The contract that a clause on its own asks for most. */
    public Optional<CardScore> best(int clause) {
        return scores.stream().max(Comparator.comparingDouble((CardScore score) -> score.of(clause)));
    }
}
