package dev.pinfactory.specialists.ocr;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How many words of an image were read. A word is a run of letters and digits in upper case; a word that is there twice has to be read twice; places do not
 * count.
 */
record WordCount(int there, int read, int both) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}]+");

    static WordCount of(String gold, String read) {
        Map<String, Integer> wanted = words(gold);
        Map<String, Integer> found = words(read);
        int both = wanted.entrySet().stream()
                .mapToInt(word -> Math.min(word.getValue(), found.getOrDefault(word.getKey(), 0)))
                .sum();
        return new WordCount(sum(wanted), sum(found), both);
    }

    /** Over all images together; intervals by drawing images. */
    static Map<String, Metric> metrics(List<WordCount> images) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("recall", share("recall", images, WordCount::there));
        metrics.put("precision", share("precision", images, WordCount::read));
        return metrics;
    }

    private static Metric share(String name, List<WordCount> images, ToIntFunction<WordCount> of) {
        return Bootstrap.measure(name, images.size(), draw -> {
            int both = 0;
            int all = 0;
            for (int i : draw) {
                both += images.get(i).both();
                all += of.applyAsInt(images.get(i));
            }
            return all == 0 ? 0 : (double) both / all;
        });
    }

    static Map<String, Integer> words(String text) {
        Map<String, Integer> words = new HashMap<>();
        WORD.matcher(text.toUpperCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .forEach(word -> words.merge(word, 1, Integer::sum));
        return words;
    }

    private static int sum(Map<String, Integer> words) {
        return words.values().stream().mapToInt(Integer::intValue).sum();
    }
}
