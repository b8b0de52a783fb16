package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.ranking.FeatureVector;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.learning.ranking.RankingModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one field: scores all candidates against each other and against "it isn't there". */
record FieldReader(Field field, CandidateFinder finder, RankingModel model, PlattScaling scaling) {
    /** Below this a field is left out: a wrong amount does more harm than a missing one. */
    static final double FLOOR = 0.35;

    /** The best value, where it stands best, and how likely it is. */
    record Reading(Field field, Candidate candidate, double confidence) {}

    static FieldReader of(Field field, RankingModel model) {
        return new FieldReader(field, CandidateFinder.of(field), model, PlattScaling.NONE);
    }

    /** Empty when nothing in the receipt could be this field, or most likely nothing is. */
    Optional<Reading> read(Receipt receipt) {
        List<Candidate> candidates = finder.find(receipt);
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        double[] probabilities = model.probabilities(rivals(candidates));
        Map<String, Double> byValue = new LinkedHashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            byValue.merge(candidates.get(i).value(), probabilities[i], Double::sum);
        }
        Map.Entry<String, Double> best =
                byValue.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        if (probabilities[candidates.size()] > best.getValue()) {
            return Optional.empty();
        }
        int place = -1;
        for (int i = 0; i < candidates.size(); i++) {
            boolean better = place < 0 || probabilities[i] > probabilities[place];
            if (better && candidates.get(i).value().equals(best.getKey())) {
                place = i;
            }
        }
        return Optional.of(new Reading(field, candidates.get(place), scaling.of(best.getValue())));
    }

    /** The candidates and, last, "none". */
    static List<FeatureVector> rivals(List<Candidate> candidates) {
        List<FeatureVector> rivals = new ArrayList<>();
        candidates.forEach(candidate -> rivals.add(candidate.features()));
        rivals.add(new FeatureVector().add("none", ""));
        return rivals;
    }
}
