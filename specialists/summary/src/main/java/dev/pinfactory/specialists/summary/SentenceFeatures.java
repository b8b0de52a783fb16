package dev.pinfactory.specialists.summary;

import dev.pinfactory.specialists.learning.ranking.FeatureVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What speaks for a sentence: its place, its length, its words, and how much of the rest of the text it repeats. */
final class SentenceFeatures {
    private SentenceFeatures() {}

    static List<FeatureVector> of(List<String> sentences) {
        List<List<String>> words = sentences.stream().map(Rouge::words).toList();
        double[] centrality = centrality(words);
        double[] ranks = ranks(centrality);
        double meanLength = words.stream().mapToInt(List::size).average().orElse(1);
        List<FeatureVector> features = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            FeatureVector one = new FeatureVector();
            place(one, i, sentences.size());
            length(one, words.get(i).size(), meanLength);
            words(one, words, i);
            looks(one, sentences.get(i));
            one.add("centrality", centrality[i]).add("centralityRank", ranks[i]);
            one.add("centralityPlace", (int) (ranks[i] * 4) + "/" + Math.min(i, 4));
            features.add(one);
        }
        return features;
    }

    private static void place(FeatureVector features, int i, int count) {
        features.add("fromStart", "" + Math.min(i, 8)).add("fromEnd", "" + Math.min(count - i, 8));
        features.add("ofAll", Math.min(i, 9) + "/" + Math.min(count, 10)).add("relative", (double) i / count);
        features.add("third", "" + 6 * i / count);
    }

    private static void length(FeatureVector features, int length, double mean) {
        features.add("length", "" + Math.min(length / 4, 15)).add("words", Math.min(length, 60) / 30.0);
        features.add("lengthToMean", Math.min(3, length / Math.max(1, mean)) - 1);
        features.add("short", "" + (length < 5));
    }

    private static void words(FeatureVector features, List<List<String>> all, int i) {
        List<String> words = all.get(i);
        Set<String> seen = new HashSet<>();
        for (int w = 0; w < words.size(); w++) {
            if (seen.add(words.get(w))) {
                features.add("word", words.get(w));
            }
            if (w + 1 < words.size() && seen.add(words.get(w) + " " + words.get(w + 1))) {
                features.add("pair", words.get(w) + " " + words.get(w + 1));
            }
        }
        for (int n = 1; n <= 4; n++) {
            features.add("first" + n, String.join(" ", words.subList(0, Math.min(n, words.size()))));
            if (i > 0) {
                List<String> before = all.get(i - 1);
                features.add("before" + n, String.join(" ", before.subList(0, Math.min(n, before.size()))));
            }
            if (i + 1 < all.size()) {
                List<String> after = all.get(i + 1);
                features.add("after" + n, String.join(" ", after.subList(0, Math.min(n, after.size()))));
            }
        }
        features.add("firstPlace", (words.isEmpty() ? "" : words.getFirst()) + Math.min(i, 3));
    }

    private static void looks(FeatureVector features, String sentence) {
        features.add("ends", sentence.substring(sentence.length() - 1).replaceAll("[\\p{L}\\d]", "A"));
        features.add("digits", "" + sentence.chars().anyMatch(Character::isDigit));
        features.add("brackets", "" + (sentence.indexOf('(') >= 0))
                .add(
                        "comma",
                        "" + Math.min(3, sentence.chars().filter(c -> c == ',').count()));
        features.add("link", "" + sentence.contains("://")).add("colon", "" + sentence.contains(":"));
        features.add("quote", "" + (sentence.indexOf('"') >= 0 || sentence.indexOf('“') >= 0));
    }

    /**
     * The cosine of each sentence and the rest of the text. A word counts less, the more of the sentences have it: in a single text that is what an inverse
     * document frequency can be.
     */
    static double[] centrality(List<List<String>> sentences) {
        Map<String, Integer> sentencesWith = new HashMap<>();
        sentences.forEach(words -> new HashSet<>(words).forEach(word -> sentencesWith.merge(word, 1, Integer::sum)));
        List<Map<String, Double>> bags = new ArrayList<>();
        Map<String, Double> whole = new HashMap<>();
        for (List<String> words : sentences) {
            Map<String, Double> bag = new HashMap<>();
            for (String word : words) {
                double weight = word.length() < 3
                        ? 0
                        : Math.log(1 + (double) sentences.size() / sentencesWith.getOrDefault(word, 1))
                                * Math.min(word.length(), 8)
                                / 8.0;
                bag.merge(word, weight, Double::sum);
                whole.merge(word, weight, Double::sum);
            }
            bags.add(bag);
        }
        double[] centrality = new double[sentences.size()];
        for (int i = 0; i < centrality.length; i++) {
            Map<String, Double> bag = bags.get(i);
            double dot = 0;
            double own = 0;
            for (Map.Entry<String, Double> entry : bag.entrySet()) {
                dot += entry.getValue() * (whole.getOrDefault(entry.getKey(), 0.0) - entry.getValue());
                own += entry.getValue() * entry.getValue();
            }
            double rest = 0;
            for (Map.Entry<String, Double> entry : whole.entrySet()) {
                double value = entry.getValue() - bag.getOrDefault(entry.getKey(), 0.0);
                rest += value * value;
            }
            centrality[i] = own * rest == 0 ? 0 : dot / Math.sqrt(own * rest);
        }
        return centrality;
    }

    /** Zero for the largest value, near one for the smallest. */
    private static double[] ranks(double[] values) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (double other : values) {
                ranks[i] += other > values[i] ? 1.0 / values.length : 0;
            }
        }
        return ranks;
    }
}
