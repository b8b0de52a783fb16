package dev.pinfactory.router.planner.bind;

import dev.pinfactory.router.planner.interpret.Words;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels that a port gives and the words that mean the same, as its description lists them: "urgent (at once, pressing) or routine (whenever)". A
 * description that lists fewer than two such labels says nothing of this.
 */
public record LabelWords(Map<String, Set<String>> stems) {
    private static final Pattern GLOSSED = Pattern.compile("(\\p{L}[\\p{L}\\d_-]*)\\s*\\(([^()]{1,400})\\)");

    public static LabelWords of(String description) {
        Map<String, Set<String>> stems = new LinkedHashMap<>();
        Matcher matcher = GLOSSED.matcher(description);
        while (matcher.find()) {
            Set<String> words = new LinkedHashSet<>(Words.contentStems(matcher.group(2)));
            words.add(Words.stem(matcher.group(1)));
            stems.put(matcher.group(1), words);
        }
        return new LabelWords(stems.size() < 2 ? Map.of() : stems);
    }

    public Set<String> labels() {
        return stems.keySet();
    }

    /** The label that one of the words means. */
    Optional<String> meant(List<String> words) {
        return words.stream()
                .map(Words::stem)
                .flatMap(stem -> stems.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(stem))
                        .map(Map.Entry::getKey))
                .findFirst();
    }
}
