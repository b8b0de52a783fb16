package dev.pinfactory.router.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** TF-IDF over the terms of a catalogue's cards, as an inverted index: a query touches only the cards that share a term with it. Immutable. */
final class SparseIndex {
    /** Cards in which a term stands, with its normalised weight there. */
    private record Postings(int[] cards, float[] weights, double idf) {}

    private final Map<String, Postings> postings;
    private final Function<String, List<String>> terms;
    private final int size;
    private final double idfOfUnknown;

    SparseIndex(List<String> documents, Function<String, List<String>> terms) {
        this.terms = terms;
        this.size = documents.size();
        this.idfOfUnknown = idf(0);
        List<Map<String, Double>> counts =
                documents.stream().map(this::frequencies).toList();
        Map<String, Integer> documentFrequency = new HashMap<>();
        counts.forEach(count -> count.keySet().forEach(term -> documentFrequency.merge(term, 1, Integer::sum)));
        Map<String, List<float[]>> building = new HashMap<>();
        for (int card = 0; card < size; card++) {
            double norm = 0;
            for (Map.Entry<String, Double> entry : counts.get(card).entrySet()) {
                double weight = entry.getValue() * idf(documentFrequency.getOrDefault(entry.getKey(), 0));
                norm += weight * weight;
            }
            for (Map.Entry<String, Double> entry : counts.get(card).entrySet()) {
                double weight =
                        entry.getValue() * idf(documentFrequency.getOrDefault(entry.getKey(), 0)) / Math.sqrt(norm);
                building.computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
                        .add(new float[] {card, (float) weight});
            }
        }
        this.postings = new HashMap<>(building.size() * 2);
        building.forEach((term, entries) -> {
            int[] cards = new int[entries.size()];
            float[] weights = new float[entries.size()];
            for (int i = 0; i < cards.length; i++) {
                cards[i] = (int) entries.get(i)[0];
                weights[i] = entries.get(i)[1];
            }
            postings.put(term, new Postings(cards, weights, idf(cards.length)));
        });
    }

    /** Cosine of the query with each card. */
    float[] similarities(String query) {
        double[] sums = new double[size];
        double norm = 0;
        for (Map.Entry<String, Double> entry : frequencies(query).entrySet()) {
            Postings found = postings.get(entry.getKey());
            double weight = entry.getValue() * (found == null ? idfOfUnknown : found.idf());
            norm += weight * weight;
            if (found != null) {
                for (int i = 0; i < found.cards().length; i++) {
                    sums[found.cards()[i]] += weight * found.weights()[i];
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
        return found == null ? idfOfUnknown : found.idf();
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
