package dev.pinfactory.router.models;

import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Stems of a card and how rare each is. Immutable. */
final class WeighedStems {
    private final String[] stems;
    private final double[] rarities;
    private final double all;

    WeighedStems(Set<String> stems, ToDoubleFunction<String> rarity) {
        this.stems = stems.toArray(String[]::new);
        this.rarities = new double[this.stems.length];
        double sum = 0;
        for (int i = 0; i < rarities.length; i++) {
            rarities[i] = rarity.applyAsDouble(this.stems[i]);
            sum += rarities[i];
        }
        this.all = sum;
    }

    /** The share of the stems, weighted by how rare they are, that stand in a request. */
    float shareIn(Set<String> request) {
        double found = 0;
        for (int i = 0; i < stems.length; i++) {
            found += request.contains(stems[i]) ? rarities[i] : 0;
        }
        return all == 0 ? 0 : (float) (found / all);
    }
}
