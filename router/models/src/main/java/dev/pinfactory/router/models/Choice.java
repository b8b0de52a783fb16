package dev.pinfactory.router.models;

import java.util.stream.IntStream;

/**
 * The cards that a plan may choose from. A large part of a catalogue, as a caller's constraints leave it, is looked up in the whole one: how rare a word is, the whole
 * says.
 *
 * @param catalogue that holds them
 * @param cards their positions in it, ascending
 */
record Choice(Catalogue catalogue, int[] cards) {

    static Choice of(Catalogue catalogue) {
        return new Choice(catalogue, IntStream.range(0, catalogue.size()).toArray());
    }

    int size() {
        return cards.length;
    }

    /** Positions in the catalogue of those with the highest values, ascending. */
    int[] best(float[] ofCatalogue, int count) {
        float[] values = new float[cards.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ofCatalogue[cards[i]];
        }
        int[] best = Ranks.best(values, count);
        for (int i = 0; i < best.length; i++) {
            best[i] = cards[best[i]];
        }
        return best;
    }
}
