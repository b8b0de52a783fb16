package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A catalogue made ready for grounding: vectors, character and word index, stems. Immutable, and built once for each set of contracts. */
final class CardIndex {
    private final List<Contract> contracts;
    private final List<CardVectors> vectors;
    private final SparseIndex characters;
    private final SparseIndex words;
    private final List<Set<String>> nameStems;
    private final List<Set<String>> textStems;
    private final AtomicReferenceArray<float @Nullable []> similarities;

    CardIndex(List<Contract> contracts, List<CardVectors> vectors) {
        this.contracts = List.copyOf(contracts);
        this.vectors = List.copyOf(vectors);
        List<String> texts = contracts.stream().map(CardIndex::searchable).toList();
        this.characters = new SparseIndex(texts, Terms::characterNgrams);
        this.words = new SparseIndex(texts, Terms::stems);
        this.nameStems = contracts.stream()
                .map(contract -> Words.contentStems(CardVectors.name(contract)))
                .toList();
        this.similarities = new AtomicReferenceArray<>(contracts.size());
        this.textStems = texts.stream().map(Words::contentStems).toList();
    }

    /** Name, texts and what its outputs are called; examples count too, for they are in users' words. */
    private static String searchable(Contract contract) {
        StringBuilder text = new StringBuilder(CardVectors.text(contract));
        CardVectors.examples(contract).forEach(example -> text.append(' ').append(example));
        contract.getOutputsList().forEach(port -> text.append(' ').append(port.getDescription()));
        return text.toString();
    }

    /** How alike two cards are, computed when first asked for. Threads may compute it at the same time, and come to the same. */
    float similarity(int card, int other) {
        float[] row = similarities.get(card);
        if (row == null) {
            row = new float[contracts.size()];
            Arrays.fill(row, Float.NaN);
            similarities.set(card, row);
        }
        if (Float.isNaN(row[other])) {
            row[other] =
                    Features.dot(vectors.get(card).text(), vectors.get(other).text());
        }
        return row[other];
    }

    int size() {
        return contracts.size();
    }

    Contract contract(int card) {
        return contracts.get(card);
    }

    CardVectors vectors(int card) {
        return vectors.get(card);
    }

    SparseIndex characters() {
        return characters;
    }

    SparseIndex words() {
        return words;
    }

    Set<String> nameStems(int card) {
        return nameStems.get(card);
    }

    Set<String> textStems(int card) {
        return textStems.get(card);
    }
}
