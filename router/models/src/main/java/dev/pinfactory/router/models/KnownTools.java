package dev.pinfactory.router.models;

import java.util.Map;
import java.util.Set;

/**
 * What examples know of the cards.
 *
 * @param places of the tools that are used in some example, by contract id
 * @param passedOver ids of cards that were there and that no example uses; any other card is new, and may be needed as well as a known one
 */
record KnownTools(Map<String, Integer> places, Set<String> passedOver) {
    KnownTools {
        places = Map.copyOf(places);
        passedOver = Set.copyOf(passedOver);
    }

    boolean isNew(String id) {
        return !places.containsKey(id) && !passedOver.contains(id);
    }

    /** Place of a tool, or -1. */
    int place(String id) {
        return places.getOrDefault(id, -1);
    }
}
