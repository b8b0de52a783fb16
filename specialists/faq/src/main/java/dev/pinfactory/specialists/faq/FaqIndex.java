package dev.pinfactory.specialists.faq;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.faq.VectorIndex.Hit;
import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Known questions and their answers by meaning: finds the topics that those nearest to a new question agree on. A topic's votes are divided by the number
 * of its entries (as if there were no more than {@value #NEIGHBOURS}), so that one that has been asked for in many ways does not outvote one that has not.
 */
final class FaqIndex {
    /** Neighbours that vote, and how much nearer ones weigh; the best of a few on a split of the training part. */
    private static final int NEIGHBOURS = 20;

    private static final double SHARPNESS = 0.02;

    private final List<FaqEntry> entries;
    private final VectorIndex vectors;
    private final Map<String, Integer> entriesByTopic = new HashMap<>();

    private FaqIndex(List<FaqEntry> entries, VectorIndex vectors) {
        this.entries = List.copyOf(entries);
        this.vectors = vectors;
        entries.forEach(entry -> entriesByTopic.merge(entry.topic(), 1, Integer::sum));
    }

    /**
     * A topic that fits.
     *
     * @param entry the topic's question that is nearest
     * @param similarity of that question, the cosine of the vectors
     * @param share of the votes of all neighbours
     */
    record Match(FaqEntry entry, double similarity, double share) {}

    /** The questions in their order; behind them each topic's answer, which is searched too. */
    static FaqIndex of(List<FaqEntry> questions, SentenceEncoder encoder) {
        Map<String, FaqEntry> topics = new LinkedHashMap<>();
        questions.forEach(entry -> topics.putIfAbsent(entry.topic(), entry));
        List<FaqEntry> entries = new ArrayList<>(questions);
        entries.addAll(topics.values());
        List<String> texts = new ArrayList<>();
        questions.forEach(entry -> texts.add(entry.question()));
        topics.values().forEach(entry -> texts.add(entry.answer()));
        return new FaqIndex(entries, VectorIndex.of(encoder.encode(texts)));
    }

    int size() {
        return entries.size();
    }

    /** Topics, the likeliest first; at least one. */
    List<Match> search(float[] vector) {
        return matches(vectors.nearest(vector, NEIGHBOURS));
    }

    /** What one of the questions would find if it were not there itself. */
    List<Match> searchWithout(int entry) {
        return matches(vectors.nearest(vectors.vector(entry), NEIGHBOURS + 1).stream()
                .filter(hit -> hit.entry() != entry)
                .limit(NEIGHBOURS)
                .toList());
    }

    private List<Match> matches(List<Hit> hits) {
        double nearest = hits.getFirst().similarity();
        double all = 0;
        Map<String, Match> byTopic = new LinkedHashMap<>();
        for (Hit hit : hits) {
            FaqEntry entry = entries.get(hit.entry());
            int others = Math.min(NEIGHBOURS, entriesByTopic.getOrDefault(entry.topic(), 1));
            double vote = StrictMath.exp((hit.similarity() - nearest) / SHARPNESS) / others;
            all += vote;
            // The nearest question of a topic comes first and stays.
            byTopic.merge(
                    entry.topic(),
                    new Match(entry, hit.similarity(), vote),
                    (first, next) -> new Match(first.entry(), first.similarity(), first.share() + next.share()));
        }
        double sum = all;
        List<Match> matches = new ArrayList<>();
        byTopic.values()
                .forEach(match -> matches.add(new Match(match.entry(), match.similarity(), match.share() / sum)));
        matches.sort(Comparator.comparingDouble(Match::share).reversed());
        return List.copyOf(matches);
    }

    void write(ModelOutput out) throws IOException {
        Map<String, String> topics = new LinkedHashMap<>();
        entries.forEach(entry -> topics.put(entry.topic(), entry.answer()));
        List<String> names = List.copyOf(topics.keySet());
        Map<String, Integer> places = new LinkedHashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        out.words(names);
        out.words(List.copyOf(topics.values()));
        out.count(entries.size());
        for (FaqEntry entry : entries) {
            out.count(places.getOrDefault(entry.topic(), 0));
            out.word(entry.question());
        }
        vectors.write(out);
    }

    static FaqIndex read(ModelInput in) throws IOException {
        List<String> topics = in.words(VectorIndex.MAX_SIZE);
        List<String> answers = in.words(VectorIndex.MAX_SIZE);
        if (topics.isEmpty() || answers.size() != topics.size()) {
            throw new IOException(topics.size() + " topics and " + answers.size() + " answers");
        }
        int size = in.count(VectorIndex.MAX_SIZE);
        List<FaqEntry> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int topic = in.count(topics.size() - 1);
            entries.add(new FaqEntry(topics.get(topic), in.word(), answers.get(topic)));
        }
        return new FaqIndex(entries, VectorIndex.read(in, size));
    }
}
