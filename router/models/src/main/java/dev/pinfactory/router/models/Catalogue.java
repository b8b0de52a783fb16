package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All cards that there are to choose from, made ready for grounding: vectors, character and word index, stems. Immutable, and built once for each set of
 * contracts.
 */
final class Catalogue {
    private final List<Contract> contracts;
    private final List<CardVectors> vectors;
    private final VectorMatrix texts;
    private final VectorMatrix summaries;
    private final VectorMatrix names;
    private final SparseIndex characters;
    private final SparseIndex words;
    private final List<WeighedStems> nameStems;
    private final CardIndex all;

    Catalogue(List<Contract> contracts, List<CardVectors> vectors) {
        this.contracts = List.copyOf(contracts);
        this.vectors = List.copyOf(vectors);
        this.texts = new VectorMatrix(vectors.stream().map(CardVectors::text).toList());
        this.summaries =
                new VectorMatrix(vectors.stream().map(CardVectors::summary).toList());
        this.names = new VectorMatrix(vectors.stream().map(CardVectors::name).toList());
        List<String> searchable = contracts.stream().map(Catalogue::searchable).toList();
        this.characters = new SparseIndex(searchable, Terms::characterNgrams);
        this.words = new SparseIndex(searchable, Terms::stems);
        this.nameStems = contracts.stream()
                .map(contract -> new WeighedStems(Words.contentStems(CardVectors.name(contract)), words::idfOf))
                .toList();
        this.all = new CardIndex(this, IntStream.range(0, contracts.size()).toArray());
    }

    /** Name, texts and what its outputs are called; examples count too, for they are in users' words. */
    private static String searchable(Contract contract) {
        StringBuilder text = new StringBuilder(CardVectors.text(contract));
        CardVectors.examples(contract).forEach(example -> text.append(' ').append(example));
        contract.getOutputsList().forEach(port -> text.append(' ').append(port.getDescription()));
        return text.toString();
    }

    int size() {
        return contracts.size();
    }

    /** Every card, to be looked at closely. */
    CardIndex all() {
        return all;
    }

    Contract contract(int card) {
        return contracts.get(card);
    }

    CardVectors vectors(int card) {
        return vectors.get(card);
    }

    VectorMatrix texts() {
        return texts;
    }

    VectorMatrix summaries() {
        return summaries;
    }

    VectorMatrix names() {
        return names;
    }

    SparseIndex characters() {
        return characters;
    }

    SparseIndex words() {
        return words;
    }

    WeighedStems nameStems(int card) {
        return nameStems.get(card);
    }
}
