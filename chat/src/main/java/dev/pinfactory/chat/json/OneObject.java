package dev.pinfactory.chat.json;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the one JSON object that is asked for in what a model wrote: alone, in a code fence, or with prose around it. Two different ones are none:
 * choosing between them would be guessing what is meant.
 */
public final class OneObject {
    private static final String THOUGHT_ENDS = "</think>";
    private static final int MAX_LENGTH = 256 * 1024;
    private static final int MAX_DEPTH = 12;
    /** Each try reads to the end at worst, so that a text full of braces stays cheap. */
    private static final int MAX_TRIES = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(32)
                            .maxNameLength(256)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * @param problem why there is none; empty where there is
     */
    public record Found(Optional<JsonNode> object, String problem) {}

    private OneObject() {}

    /**
     * @param wanted what it is called in problems, such as "plan"
     * @param fits tells it from other objects where it does not stand alone
     */
    public static Found in(String written, String wanted, Predicate<JsonNode> fits) {
        if (written.length() > MAX_LENGTH) {
            return none("the answer has more than " + MAX_LENGTH + " characters");
        }
        String text = answer(written).strip();
        Optional<JsonNode> whole = object(text);
        if (whole.isPresent()) {
            return new Found(whole, "");
        }
        Set<JsonNode> found = new LinkedHashSet<>();
        int tries = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open)) {
            if (++tries > MAX_TRIES) {
                return none("the answer has too many braces to find a " + wanted + " in it");
            }
            int end = end(text, open);
            Optional<JsonNode> object = end < 0 ? Optional.empty() : object(text.substring(open, end));
            object.filter(fits).ifPresent(found::add);
            open = object.isPresent() ? end : open + 1;
        }
        return switch (found.size()) {
            case 0 -> none("the answer holds no JSON object that is a " + wanted);
            case 1 -> new Found(Optional.of(found.iterator().next()), "");
            default -> none("the answer holds " + found.size() + " different " + wanted + "s; give exactly one");
        };
    }

    /** Without the thoughts that reasoning models write first: drafts in there are not meant. */
    private static String answer(String written) {
        int end = written.lastIndexOf(THOUGHT_ENDS);
        return end < 0 ? written : written.substring(end + THOUGHT_ENDS.length());
    }

    private static Optional<JsonNode> object(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Behind the brace that closes this one, or -1. Braces in strings do not count. */
    private static int end(String text, int open) {
        int depth = 0;
        boolean string = false;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (string) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    string = false;
                }
            } else if (c == '"') {
                string = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static Found none(String problem) {
        return new Found(Optional.empty(), problem);
    }
}
