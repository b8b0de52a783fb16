package dev.pinfactory.specialists.summary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of a reference a summary says, and of nothing else (Lin 2004): F1 of word runs or of the longest common subsequence; words as they are, not stemmed. */
final class Rouge {
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+");

    private Rouge() {}

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** Against the reference that fits best. */
    static double best(String summary, List<String> references, Measure measure) {
        List<String> words = words(summary);
        return references.stream()
                .mapToDouble(reference -> measure.f1(words, words(reference)))
                .max()
                .orElse(0);
    }

    enum Measure {
        ROUGE_1 {
            @Override
            double f1(List<String> summary, List<String> reference) {
                return runs(summary, reference, 1);
            }
        },
        ROUGE_2 {
            @Override
            double f1(List<String> summary, List<String> reference) {
                return runs(summary, reference, 2);
            }
        },
        ROUGE_L {
            @Override
            double f1(List<String> summary, List<String> reference) {
                int[] before = new int[reference.size() + 1];
                for (String word : summary) {
                    int[] row = new int[reference.size() + 1];
                    for (int j = 1; j <= reference.size(); j++) {
                        row[j] =
                                word.equals(reference.get(j - 1)) ? before[j - 1] + 1 : Math.max(before[j], row[j - 1]);
                    }
                    before = row;
                }
                return harmonic(before[reference.size()], summary.size(), reference.size());
            }
        };

        abstract double f1(List<String> summary, List<String> reference);

        private static double runs(List<String> summary, List<String> reference, int length) {
            Map<List<String>, Integer> left = new HashMap<>();
            for (int i = 0; i + length <= reference.size(); i++) {
                left.merge(reference.subList(i, i + length), 1, Integer::sum);
            }
            int common = 0;
            for (int i = 0; i + length <= summary.size(); i++) {
                List<String> run = summary.subList(i, i + length);
                int count = left.getOrDefault(run, 0);
                if (count > 0) {
                    common++;
                    left.put(run, count - 1);
                }
            }
            return harmonic(common, summary.size() - length + 1, reference.size() - length + 1);
        }

        private static double harmonic(int common, int summary, int reference) {
            return common == 0 ? 0 : 2.0 * common / (summary + reference);
        }
    }
}
