package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The cards of a catalogue that are looked at closely: all of a small one, a short list of a large one. How rare a word is, the whole catalogue says. */
final class CardIndex {
    private final Catalogue catalogue;
    private final int[] cards;
    private final AtomicReferenceArray<float @Nullable []> similarities;

    /** @param cards positions in the catalogue */
    CardIndex(Catalogue catalogue, int[] cards) {
        this.catalogue = catalogue;
        this.cards = cards.clone();
        this.similarities = new AtomicReferenceArray<>(cards.length);
    }

    /** How alike two cards are, computed when first asked for. Threads may compute it at the same time, and come to the same. */
    float similarity(int card, int other) {
        float[] row = similarities.get(card);
        if (row == null) {
            row = new float[cards.length];
            Arrays.fill(row, Float.NaN);
            similarities.set(card, row);
        }
        if (Float.isNaN(row[other])) {
            row[other] = Features.dot(vectors(card).text(), vectors(other).text());
        }
        return row[other];
    }

    boolean holds(int[] others) {
        return Arrays.equals(cards, others);
    }

    int size() {
        return cards.length;
    }

    /** The others, in the same order. */
    CardIndex without(BitSet left) {
        return new CardIndex(
                catalogue,
                IntStream.range(0, cards.length)
                        .filter(card -> !left.get(card))
                        .map(card -> cards[card])
                        .toArray());
    }

    Contract contract(int card) {
        return catalogue.contract(cards[card]);
    }

    CardVectors vectors(int card) {
        return catalogue.vectors(cards[card]);
    }

    /** Whether any card has examples of the requests that it answers. */
    boolean hasExamples() {
        return Arrays.stream(cards).anyMatch(card -> catalogue.vectors(card).examples().length > 0);
    }

    /** Whether every card has. */
    boolean haveExamples() {
        return Arrays.stream(cards).allMatch(card -> catalogue.vectors(card).examples().length > 0);
    }

    WeighedStems nameStems(int card) {
        return catalogue.nameStems(cards[card]);
    }

    /** Of values for all cards of the catalogue those of these cards. */
    float[] picked(float[] values) {
        float[] picked = new float[cards.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = values[cards[i]];
        }
        return picked;
    }
}
