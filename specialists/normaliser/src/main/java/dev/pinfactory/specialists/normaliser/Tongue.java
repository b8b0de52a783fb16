package dev.pinfactory.specialists.normaliser;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The languages whose ways of writing are known. */
enum Tongue {
    ENGLISH(
            Locale.ENGLISH,
            Set.of("the", "of", "and", "to", "is", "was", "by", "for", "on", "at", "from", "with", "due", "in")),
    GERMAN(
            Locale.GERMAN,
            Set.of("der", "die", "das", "und", "vom", "bis", "zum", "ist", "von", "mit", "am", "für", "wir", "über")),
    FRENCH(
            Locale.FRENCH,
            Set.of("le", "la", "les", "du", "de", "et", "à", "au", "est", "un", "une", "pour", "par", "en"));

    /** Enough to tell a language by; a long text has no more to say. */
    private static final int MOST_READ = 4_000;

    private static final Pattern WORD = Pattern.compile("\\p{L}{2,12}+|à");

    private final Locale locale;
    private final Set<String> words;

    Tongue(Locale locale, Set<String> words) {
        this.locale = locale;
        this.words = words;
    }

    Locale locale() {
        return locale;
    }

    /** The text's language as its artifact says it, else as its small words tell it; empty where neither does. */
    static Optional<Tongue> of(String language, String text) {
        for (Tongue tongue : values()) {
            if (Locale.forLanguageTag(language).getLanguage().equals(tongue.locale.getLanguage())) {
                return Optional.of(tongue);
            }
        }
        return language.isEmpty() ? guess(text) : Optional.empty();
    }

    private static Optional<Tongue> guess(String text) {
        Map<Tongue, Integer> counts = new EnumMap<>(Tongue.class);
        Matcher matcher = WORD.matcher(text).region(0, Math.min(MOST_READ, text.length()));
        while (matcher.find()) {
            String word = matcher.group().toLowerCase(Locale.ROOT);
            for (Tongue tongue : values()) {
                if (tongue.words.contains(word)) {
                    counts.merge(tongue, 1, Integer::sum);
                }
            }
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        Map<Tongue, Integer> best = new EnumMap<>(counts);
        best.values().removeIf(count -> count < most);
        return best.size() == 1 ? best.keySet().stream().findFirst() : Optional.empty();
    }
}
