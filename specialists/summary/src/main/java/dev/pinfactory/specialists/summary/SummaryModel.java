package dev.pinfactory.specialists.summary;

import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.Sentence;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.learning.ranking.RankingModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Ranks sentences, and picks those that say the most without saying it twice. Immutable.
 *
 * @param scaling from the ranking's probability to the chance that the pick is better than most of the text
 */
record SummaryModel(RankingModel ranking, PlattScaling scaling) {
    private static final String KIND = "summary";
    private static final int VERSION = 1;

    /** How much a sentence loses when all its words are in a better one already, in units of the ranking's score. */
    private static final double REPETITION = 3;

    /** Greetings, headings and page numbers are no sentences to pick while there are others. */
    private static final int FEWEST_WORDS = 4;

    /** What was picked, in the text's order, and how likely it is that the first choice is a good one. */
    record Pick(List<Sentence> sentences, double confidence) {}

    Pick pick(List<Sentence> all, int count) {
        List<Sentence> sentences = worthPicking(all);
        if (sentences.size() <= count) {
            return new Pick(sentences, 1);
        }
        List<String> texts = sentences.stream().map(Sentence::text).toList();
        var features = SentenceFeatures.of(texts);
        double[] scores = features.stream().mapToDouble(ranking::score).toArray();
        List<Set<String>> words =
                texts.stream().map(text -> Set.copyOf(Rouge.words(text))).toList();
        List<Integer> picked = new ArrayList<>();
        Set<String> said = new HashSet<>();
        while (picked.size() < count) {
            int best = IntStream.range(0, scores.length)
                    .filter(i -> !picked.contains(i))
                    .boxed()
                    .max(Comparator.comparingDouble(i -> scores[i] - REPETITION * repeated(words.get(i), said)))
                    .orElseThrow();
            picked.add(best);
            said.addAll(words.get(best));
        }
        double confidence = scaling.of(ranking.probabilities(features)[picked.getFirst()]);
        return new Pick(picked.stream().sorted().map(sentences::get).toList(), confidence);
    }

    private static List<Sentence> worthPicking(List<Sentence> all) {
        List<Sentence> whole = all.stream()
                .filter(sentence -> Rouge.words(sentence.text()).size() >= FEWEST_WORDS)
                .toList();
        return whole.isEmpty() ? all : whole;
    }

    private static double repeated(Set<String> words, Set<String> said) {
        return words.isEmpty()
                ? 1
                : (double) words.stream().filter(said::contains).count() / words.size();
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            ranking.write(out);
            scaling.write(out);
        });
    }

    /**
     * @throws IOException when it is no such model
     */
    static SummaryModel read(InputStream stream) throws IOException {
        return ModelFile.read(
                stream, KIND, VERSION, in -> new SummaryModel(RankingModel.read(in), PlattScaling.read(in)));
    }
}
