package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.List;

/** What texts are compared by, besides their meaning: stems, and runs of letters inside words. */
final class Terms {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 5;

    private Terms() {}

    /** Stems of the words that carry meaning, as often as they stand. */
    static List<String> stems(String text) {
        return Words.split(text).stream()
                .filter(word -> !FunctionWords.isFunctionWord(word))
                .map(Words::stem)
                .toList();
    }

    /** Runs of 3 to 5 chars of the words that carry meaning, their ends marked. */
    static List<String> characterNgrams(String text) {
        List<String> ngrams = new ArrayList<>();
        for (String word : Words.split(text)) {
            if (FunctionWords.isFunctionWord(word)) {
                continue;
            }
            String marked = "^" + word + "$";
            for (int length = SHORTEST; length <= LONGEST; length++) {
                for (int start = 0; start + length <= marked.length(); start++) {
                    ngrams.add(marked.substring(start, start + length));
                }
            }
        }
        return ngrams;
    }
}
