package dev.pinfactory.specialists.entities;

import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.sequence.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A text and the names in it.
 *
 * @param names not overlapping; offsets are code points
 */
record LabelledSentence(String text, Set<LabelledSpan> names) {
    LabelledSentence {
        names = Set.copyOf(names);
    }

    /** Reads {@code {"tokens": [], "tags": []}}, one a line. */
    static List<LabelledSentence> read(Path file) {
        return JsonLines.read(
                file, line -> of(line).orElseThrow(() -> new IllegalArgumentException("member 'tags' is missing")));
    }

    /** The tokens, joined by blanks. */
    static String text(JsonNode line) {
        return String.join(" ", words(line, "tokens"));
    }

    /** Empty where the line has no gold. An "I-" behind something else begins a name, as conlleval counts. */
    static Optional<LabelledSentence> of(JsonNode line) {
        if (!line.path("tags").isArray() || line.path("tags").isEmpty()) {
            return Optional.empty();
        }
        List<String> tokens = words(line, "tokens");
        List<String> tags = words(line, "tags");
        if (tokens.size() != tags.size()) {
            throw new IllegalArgumentException("member 'tags' has " + tags.size() + " tags, expected one for each of "
                    + tokens.size() + " tokens");
        }
        Set<LabelledSpan> names = new HashSet<>();
        String open = "";
        int start = 0;
        int offset = 0;
        int end = 0;
        for (int i = 0; i < tokens.size(); i++) {
            String tag = tags.get(i);
            String type = tag.length() > 2 ? tag.substring(2) : "";
            if (!open.isEmpty() && (tag.startsWith("B-") || !type.equals(open))) {
                names.add(new LabelledSpan(start, end, open));
                open = "";
            }
            if (open.isEmpty() && !type.isEmpty()) {
                open = type;
                start = offset;
            }
            end = offset + tokens.get(i).codePointCount(0, tokens.get(i).length());
            offset = end + 1;
        }
        if (!open.isEmpty()) {
            names.add(new LabelledSpan(start, end, open));
        }
        return Optional.of(new LabelledSentence(String.join(" ", tokens), names));
    }

    private static List<String> words(JsonNode line, String member) {
        if (!line.path(member).isArray()) {
            throw new IllegalArgumentException("member '" + member + "' is missing, expected a list of words");
        }
        List<String> words = new ArrayList<>();
        line.path(member).forEach(word -> words.add(word.asString()));
        return words;
    }

    /** The label of each token, as the sequence model knows it. */
    List<String> labels(List<Token> tokens) {
        return tokens.stream().map(this::label).toList();
    }

    private String label(Token token) {
        for (LabelledSpan name : names) {
            int start = text.offsetByCodePoints(0, name.start());
            int end = text.offsetByCodePoints(0, name.end());
            if (token.start() < end && token.end() > start) {
                return (token.start() <= start ? "B-" : "I-") + name.label();
            }
        }
        return "O";
    }
}
