package dev.pinfactory.router.models;

import dev.pinfactory.router.models.WordUse.Use;
import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Tokenizer;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts how words are used. After "please", "can you" or "want to", or at the start of a request, stands a verb; after an article or a possessive
 * stands none. How much a word tells is one minus the entropy of the tools that are asked for with it.
 */
final class WordUseTrainer {
    private static final Set<String> BEFORE_VERBS = Set.of("please", "you", "i", "kindly", "let's");
    private static final Set<String> BEFORE_TO =
            Set.of("want", "like", "need", "you", "me", "how", "way", "able", "love", "trying", "going", "us", "help");
    private static final Set<String> BEFORE_NOUNS = Set.of(
            "the", "a", "an", "my", "your", "our", "this", "their", "its", "any", "some", "of", "these", "for", "in");
    private static final int MIN_COUNT = 3;

    private final Map<String, double[]> counts = new HashMap<>();
    private final Map<String, Map<String, Integer>> toolsOfWord = new HashMap<>();

    void count(String request, Set<String> tools) {
        List<Token> tokens = Tokenizer.tokens(request);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() != Token.Kind.WORD || FunctionWords.isFunctionWord(token.lower())) {
                continue;
            }
            String stem = Words.stem(token.lower());
            for (String tool : tools) {
                toolsOfWord.computeIfAbsent(stem, key -> new TreeMap<>()).merge(tool, 1, Integer::sum);
            }
            String before = i == 0 ? "" : tokens.get(i - 1).lower();
            boolean afterTo = before.equals("to")
                    && i > 1
                    && BEFORE_TO.contains(tokens.get(i - 2).lower());
            boolean sentenceStart = i == 0 || before.equals(".") || before.equals("?") || before.equals("!");
            boolean objectFollows = i + 1 < tokens.size()
                    && Set.of("the", "a", "an", "my", "me", "it", "this", "these", "all", "any")
                            .contains(tokens.get(i + 1).lower());
            if (BEFORE_VERBS.contains(before) || afterTo || (sentenceStart && objectFollows)) {
                counts.computeIfAbsent(stem, key -> new double[2])[0]++;
            } else if (BEFORE_NOUNS.contains(before)) {
                counts.computeIfAbsent(stem, key -> new double[2])[1]++;
            }
        }
    }

    WordUse result(int tools) {
        Map<String, Use> uses = new TreeMap<>();
        counts.forEach((stem, count) -> {
            double all = count[0] + count[1];
            if (all >= MIN_COUNT) {
                uses.put(stem, new Use((float) (count[0] / all), (float) specificity(stem, tools)));
            }
        });
        return new WordUse(uses);
    }

    private double specificity(String stem, int tools) {
        Map<String, Integer> found = toolsOfWord.getOrDefault(stem, Map.of());
        double all = found.values().stream().mapToInt(Integer::intValue).sum();
        if (all < MIN_COUNT) {
            return 1;
        }
        double entropy = 0;
        for (int count : found.values()) {
            entropy -= count / all * Math.log(count / all);
        }
        // A word seen n times can't spread over more than n tools.
        return 1 - entropy / Math.log(Math.max(2, Math.min(all, tools)));
    }
}
