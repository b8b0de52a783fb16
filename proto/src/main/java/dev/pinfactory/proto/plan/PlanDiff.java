package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.plan.PlanWords.Place;
import dev.pinfactory.proto.v1.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where two plans do not do the same: steps, bindings, parameters, conditions, fallbacks, places of the result, and what they leave unmet. Confidences,
 * reasons, candidates and the digests of cards say how a plan came about, and count for nothing; nor does the order in which the steps are written down.
 */
public final class PlanDiff {
    private PlanDiff() {}

    /**
     * In the order of the first plan, then what only the second one has.
     *
     * @param instruction that the first plan was made for; with it, words that are bound are compared as words. Empty: as positions. Where the two
     *     differ, unmet requests are counted, not compared
     * @param otherInstruction that the second plan was made for, or empty
     */
    public static List<PlanDifference> between(Plan one, String instruction, Plan other, String otherInstruction) {
        Map<Place, String> before = PlanWords.of(one, instruction, otherInstruction);
        Map<Place, String> after = PlanWords.of(other, otherInstruction, instruction);
        Set<Place> places = new LinkedHashSet<>(before.keySet());
        places.addAll(after.keySet());
        List<PlanDifference> differences = new ArrayList<>();
        for (Place place : places) {
            // A step that is not there has nothing else that could differ.
            boolean stepInBoth =
                    place.owner().isEmpty() || (before.containsKey(place.step()) && after.containsKey(place.step()));
            if (place.isStep() || stepInBoth) {
                Optional<String> was = said(before, place);
                Optional<String> is = said(after, place);
                if (!was.equals(is)) {
                    differences.add(new PlanDifference(place.words(), was, is));
                }
            }
        }
        return List.copyOf(differences);
    }

    private static Optional<String> said(Map<Place, String> plan, Place place) {
        return Optional.ofNullable(plan.get(place)).or(place::absent);
    }
}
