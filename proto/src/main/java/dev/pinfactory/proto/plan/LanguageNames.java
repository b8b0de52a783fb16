package dev.pinfactory.proto.plan;

import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** BCP 47 codes from what people call languages: in English, or as their speakers do. */
final class LanguageNames {
    private static final Map<String, String> CODES = codes();
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    /** Codes that are also everyday English words: taken as the word, not as the code, unless in capitals. */
    private static final Set<String> WORDS =
            Set.of("am", "as", "be", "he", "id", "in", "is", "it", "my", "no", "or", "so", "to");

    private LanguageNames() {}

    static Optional<String> code(String words) {
        String name = words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
        String known = CODES.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        return WORDS.contains(words) ? Optional.empty() : tag(words);
    }

    /** The tag in its canonical form, where it is one and begins with an ISO 639 language. */
    static Optional<String> tag(String text) {
        try {
            Locale locale = new Locale.Builder()
                    .setLanguageTag(text.strip().replace('_', '-'))
                    .build();
            return LANGUAGES.contains(locale.getLanguage()) ? Optional.of(locale.toLanguageTag()) : Optional.empty();
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String language : Locale.getISOLanguages()) {
            Locale locale = Locale.of(language);
            String tag = locale.toLanguageTag();
            codes.put(locale.getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT), tag);
            codes.putIfAbsent(locale.getDisplayLanguage(locale).toLowerCase(Locale.ROOT), tag);
        }
        codes.putAll(Map.ofEntries(
                Map.entry("mandarin", "zh"),
                Map.entry("simplified chinese", "zh-Hans"),
                Map.entry("traditional chinese", "zh-Hant"),
                Map.entry("brazilian portuguese", "pt-BR"),
                Map.entry("british english", "en-GB"),
                Map.entry("american english", "en-US"),
                Map.entry("swiss german", "de-CH"),
                Map.entry("flemish", "nl-BE"),
                Map.entry("farsi", "fa"),
                Map.entry("castilian", "es")));
        return Map.copyOf(codes);
    }
}
