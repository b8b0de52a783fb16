package dev.pinfactory.router.models;

import dev.pinfactory.router.models.FittedFeatures.Candidate;
import dev.pinfactory.router.models.SetChoice.Chosen;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A labelled request as a router would meet it that has learned from some of the other examples.
 *
 * @param number of the example
 * @param view what those examples say of it
 * @param use how they use tools
 */
record Situation(int number, FitExample example, ExampleView view, ToolUse use, List<Candidate> candidates) {

    static Situation of(int number, FitExample example, ExampleView view, ToolUse use, KnownTools known) {
        return new Situation(
                number, example, view, use, FittedFeatures.of(example.read(), example.grounding(), view, use, known));
    }

    double[] labels() {
        return candidates.stream()
                .mapToDouble(candidate -> isRight(candidate) ? 1 : 0)
                .toArray();
    }

    private boolean isRight(Candidate candidate) {
        return example.tools().contains(candidate.score().contract().getId());
    }

    Set<String> ids(Chosen chosen) {
        Set<String> ids = new HashSet<>();
        chosen.items()
                .forEach(item -> ids.add(candidates.get(item).score().contract().getId()));
        return ids;
    }

    /** A card may be chosen that the examples cannot speak of. */
    boolean meetsNewCards() {
        return FittedFeatures.holdNewCards(candidates);
    }

    double quality(Chosen chosen) {
        return quality(ids(chosen), example.tools());
    }

    /** The mean of F1 and of whether the set is exactly right. */
    static double quality(Set<String> ids, Set<String> right) {
        double f1 = 2.0 * ids.stream().filter(right::contains).count() / (ids.size() + right.size());
        return (f1 + (ids.equals(right) ? 1 : 0)) / 2;
    }
}
