package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.List;
import java.util.Set;

/** All cards that there are to choose from, made ready for grounding: vectors, character and word index, stems. Immutable, and built once for each set of contracts. */
final class Catalogue {
    private final List<Contract> contracts;
    private final List<CardVectors> vectors;
    private final SparseIndex characters;
    private final SparseIndex words;
    private final List<Set<String>> nameStems;
    private final List<Set<String>> textStems;

    Catalogue(List<Contract> contracts, List<CardVectors> vectors) {
        this.contracts = List.copyOf(contracts);
        this.vectors = List.copyOf(vectors);
        List<String> texts = contracts.stream().map(Catalogue::searchable).toList();
        this.characters = new SparseIndex(texts, Terms::characterNgrams);
        this.words = new SparseIndex(texts, Terms::stems);
        this.nameStems = contracts.stream()
                .map(contract -> Words.contentStems(CardVectors.name(contract)))
                .toList();
        this.textStems = texts.stream().map(Words::contentStems).toList();
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
