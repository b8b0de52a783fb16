package dev.pinfactory.proto.value;

import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A JSON Pointer (RFC 6901). {@link #toString} gives the escaped text, {@link #parse} reads it.
 *
 * @param tokens unescaped
 */
public record JsonPointer(List<String> tokens) {
    /** Deep enough for any schema that a person writes, and no way to build a value that overflows a stack. */
    public static final int MAX_TOKENS = 64;

    private static final JsonPointer ROOT = new JsonPointer(List.of());
    private static final int MAX_INDEX_DIGITS = 9;

    public JsonPointer {
        tokens = List.copyOf(tokens);
        if (tokens.size() > MAX_TOKENS) {
            throw new IllegalArgumentException("a JSON Pointer has at most " + MAX_TOKENS + " tokens");
        }
    }

    /** The whole value. */
    public static JsonPointer root() {
        return ROOT;
    }

    /**
     * @throws IllegalArgumentException when the text is no JSON Pointer
     */
    public static JsonPointer parse(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException("JSON Pointer '" + text + "' does not begin with '/'");
        }
        List<String> tokens = new ArrayList<>();
        for (String token : text.substring(1).split("/", -1)) {
            tokens.add(unescape(token, text));
        }
        return new JsonPointer(tokens);
    }

    public JsonPointer child(String token) {
        List<String> longer = new ArrayList<>(tokens);
        longer.add(token);
        return new JsonPointer(longer);
    }

    public JsonPointer child(int index) {
        return child(Integer.toString(index));
    }

    /** This pointer followed by the other. */
    public JsonPointer resolve(JsonPointer relative) {
        List<String> longer = new ArrayList<>(tokens);
        longer.addAll(relative.tokens);
        return new JsonPointer(longer);
    }

    /** Whether the other pointer is this one or leads into it. */
    public boolean covers(JsonPointer other) {
        return other.tokens.size() >= tokens.size()
                && other.tokens.subList(0, tokens.size()).equals(tokens);
    }

    /** What the pointer leads to; empty when it leads nowhere. A null that is there is found. */
    public Optional<Value> find(Value value) {
        Value here = value;
        for (String token : tokens) {
            Optional<Value> next = step(here, token);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            here = next.get();
        }
        return Optional.of(here);
    }

    @Override
    public String toString() {
        return tokens.stream()
                .map(token -> "/" + token.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    /** The index that a token names in an array; -1 when it names none. */
    public static int index(String token) {
        boolean canonical = token.equals("0") || (!token.isEmpty() && token.charAt(0) != '0');
        if (!canonical || token.length() > MAX_INDEX_DIGITS) {
            return -1;
        }
        return token.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(token) : -1;
    }

    private static Optional<Value> step(Value here, String token) {
        return switch (here.getKindCase()) {
            case STRUCT_VALUE ->
                Optional.ofNullable(here.getStructValue().getFieldsMap().get(token));
            case LIST_VALUE -> {
                int index = index(token);
                boolean inside = index >= 0 && index < here.getListValue().getValuesCount();
                yield inside ? Optional.of(here.getListValue().getValues(index)) : Optional.empty();
            }
            case NULL_VALUE, NUMBER_VALUE, STRING_VALUE, BOOL_VALUE, KIND_NOT_SET -> Optional.empty();
        };
    }

    private static String unescape(String token, String text) {
        for (int i = token.indexOf('~'); i >= 0; i = token.indexOf('~', i + 1)) {
            boolean known = i + 1 < token.length() && (token.charAt(i + 1) == '0' || token.charAt(i + 1) == '1');
            if (!known) {
                throw new IllegalArgumentException("JSON Pointer '" + text + "' has a '~' without 0 or 1");
            }
        }
        // In this order, so that "~01" becomes "~1" and not "/".
        return token.replace("~1", "/").replace("~0", "~");
    }
}
