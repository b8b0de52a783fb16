package dev.pinfactory.router.models;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** TF-IDF over the terms of a catalogue's cards, as an inverted index: a query touches only the cards that share a term with it. Immutable. */
final class SparseIndex {
    /** Cards in which a term stands, with its normalised weight there. Filled while the index is built, not changed after. */
    private static final class Postings {
        private final int[] cards;
        private final float[] weights;
        private final double idf;
        private int filled;

        Postings(int cards, double idf) {
            this.cards = new int[cards];
            this.weights = new float[cards];
            this.idf = idf;
        }

        void add(int card, float weight) {
            cards[filled] = card;
            weights[filled++] = weight;
        }
    }

    private final Map<String, Postings> postings;
    private final Function<String, List<String>> terms;
    private final int size;
    private final double idfOfUnknown;

    SparseIndex(List<String> documents, Function<String, List<String>> terms) {
        this.terms = terms;
        this.size = documents.size();
        this.idfOfUnknown = idf(0);
        Map<String, Integer> documentFrequency = new HashMap<>();
        documents.forEach(document ->
                frequencies(document).keySet().forEach(term -> documentFrequency.merge(term, 1, Integer::sum)));
        this.postings = new HashMap<>(documentFrequency.size() * 2);
        documentFrequency.forEach((term, cards) -> postings.put(term, new Postings(cards, idf(cards))));
        // Terms are counted a second time: the counts of all cards of a large catalogue would take more memory than the
        // index.
        for (int card = 0; card < size; card++) {
            add(card, frequencies(documents.get(card)));
        }
    }

    private void add(int card, Map<String, Double> frequencies) {
        double norm = 0;
        for (Map.Entry<String, Double> entry : frequencies.entrySet()) {
            double weight = entry.getValue() * idfOf(entry.getKey());
            norm += weight * weight;
        }
        for (Map.Entry<String, Double> entry : frequencies.entrySet()) {
            Postings found = postings.get(entry.getKey());
            if (found != null) {
                found.add(card, (float) (entry.getValue() * found.idf / Math.sqrt(norm)));
            }
        }
    }

    /** Cosine of the query with each card. */
    float[] similarities(String query) {
        double[] sums = new double[size];
        double norm = 0;
        for (Map.Entry<String, Double> entry : frequencies(query).entrySet()) {
            Postings found = postings.get(entry.getKey());
            double weight = entry.getValue() * (found == null ? idfOfUnknown : found.idf);
            norm += weight * weight;
            if (found != null) {
                for (int i = 0; i < found.cards.length; i++) {
                    sums[found.cards[i]] += weight * found.weights[i];
                }
            }
        }
        float[] similarities = new float[size];
        if (norm > 0) {
            for (int card = 0; card < size; card++) {
                similarities[card] = (float) (sums[card] / Math.sqrt(norm));
            }
        }
        return similarities;
    }

    double idfOf(String term) {
        Postings found = postings.get(term);
        return found == null ? idfOfUnknown : found.idf;
    }

    private double idf(int documentFrequency) {
        return 1 + Math.log((1.0 + size) / (1.0 + documentFrequency));
    }

    /** Sub-linear term frequencies, in the order of the terms so that sums come out the same everywhere. */
    private Map<String, Double> frequencies(String text) {
        Map<String, Double> counts = new TreeMap<>();
        terms.apply(text).forEach(term -> counts.merge(term, 1.0, Double::sum));
        counts.replaceAll((term, count) -> 1 + Math.log(count));
        return counts;
    }
}
