package dev.pinfactory.router.planner.interpret;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Stems and content words. One stemmer for instructions, input names and cards, so that they meet. */
public final class Words {
    private static final int SHORTEST_STEM = 3;
    private static final Pattern BEFORE_A_CAPITAL = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern INNER_HYPHEN = Pattern.compile("(?<=\\p{L})-(?=\\p{L})");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\d]+");

    private Words() {}

    /**
     * The stem of an English word: endings of number, tense and the commonest derivations cut, final e dropped, British -ise made -ize. Cruder than
     * Porter's on purpose: it only has to let "summarises", "summarising" and "summarize" meet.
     */
    public static String stem(String word) {
        String stem =
                word.toLowerCase(Locale.ROOT).replace("-", "").replace("'s", "").replace("’s", "");
        stem = cut(stem, "ies", "y");
        stem = cut(stem, "ied", "y");
        stem = cut(stem, "sses", "ss");
        if (stem.endsWith("s") && !stem.endsWith("ss") && !stem.endsWith("us") && !stem.endsWith("is")) {
            stem = cut(stem, "s", "");
        }
        String whole = stem;
        stem = cut(stem, "ing", "");
        if (stem.equals(whole)) {
            stem = cut(stem, "ed", "");
        }
        if (!stem.equals(whole) && doubledConsonant(stem)) {
            stem = stem.substring(0, stem.length() - 1);
        }
        stem = cut(stem, "ization", "iz");
        stem = cut(stem, "isation", "iz");
        stem = cut(stem, "ation", "at");
        stem = cut(stem, "tion", "t");
        stem = cut(stem, "ment", "");
        stem = cut(stem, "e", "");
        return stem.endsWith("is") && stem.length() > SHORTEST_STEM + 1
                ? stem.substring(0, stem.length() - 1) + "z"
                : stem;
    }

    private static String cut(String word, String ending, String replacement) {
        return word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM
                ? word.substring(0, word.length() - ending.length()) + replacement
                : word;
    }

    private static boolean doubledConsonant(String stem) {
        int n = stem.length();
        return n > SHORTEST_STEM
                && stem.charAt(n - 1) == stem.charAt(n - 2)
                && "lsz".indexOf(stem.charAt(n - 1)) < 0
                && "aeiou".indexOf(stem.charAt(n - 1)) < 0;
    }

    /** Words of a name or a phrase: split at what is neither letter nor digit, and where a small letter meets a capital. */
    public static List<String> split(String name) {
        List<String> words = new ArrayList<>();
        String spaced = BEFORE_A_CAPITAL.matcher(name).replaceAll(" ");
        spaced = INNER_HYPHEN.matcher(spaced).replaceAll(" ");
        for (String word : BETWEEN_WORDS.split(spaced)) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    /** Stems of the words that carry meaning, in order. */
    public static Set<String> contentStems(String phrase) {
        Set<String> stems = new LinkedHashSet<>();
        for (String word : split(phrase)) {
            if (!FunctionWords.isFunctionWord(word) && word.length() > 1) {
                stems.add(stem(word));
            }
        }
        return stems;
    }
}
