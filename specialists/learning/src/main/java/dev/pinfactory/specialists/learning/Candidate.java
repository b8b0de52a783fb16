package dev.pinfactory.specialists.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A label that a text may have.
 *
 * @param confidence calibrated, 0 to 1
 */
public record Candidate(String label, double confidence) {
    /** All labels with their probabilities, the likeliest first; equal ones by name. */
    public static List<Candidate> ranked(List<String> labels, double[] probabilities) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            candidates.add(new Candidate(labels.get(i), probabilities[i]));
        }
        candidates.sort(
                Comparator.comparingDouble(Candidate::confidence).reversed().thenComparing(Candidate::label));
        return List.copyOf(candidates);
    }
}
