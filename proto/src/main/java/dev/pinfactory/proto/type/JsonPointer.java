package dev.pinfactory.proto.type;

import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An RFC 6901 JSON Pointer, such as {@code /items/0/price}; the empty one is the whole document.
 *
 * @param tokens unescaped reference tokens
 */
public record JsonPointer(List<String> tokens) {
    /** Deeper than any schema that a person writes, and no way to overflow a stack. */
    public static final int MAX_TOKENS = 64;

    private static final JsonPointer WHOLE = new JsonPointer(List.of());

    public JsonPointer {
        tokens = List.copyOf(tokens);
    }

    /** Empty where the text is not a JSON Pointer, or has more than 64 tokens. */
    public static Optional<JsonPointer> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(WHOLE);
        }
        if (text.charAt(0) != '/') {
            return Optional.empty();
        }
        List<String> tokens = new ArrayList<>();
        for (String token : text.substring(1).split("/", MAX_TOKENS + 1)) {
            if (tokens.size() == MAX_TOKENS || !isEscaped(token)) {
                return Optional.empty();
            }
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return Optional.of(new JsonPointer(tokens));
    }

    /**
     * A pointer that validation has seen before.
     *
     * @throws IllegalArgumentException when the text is not a JSON Pointer
     */
    public static JsonPointer of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a JSON Pointer"));
    }

    /** The whole document. */
    public static JsonPointer whole() {
        return WHOLE;
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

    public boolean isWhole() {
        return tokens.isEmpty();
    }

    /** Whether this is the other one or an ancestor of it. */
    public boolean isPrefixOf(JsonPointer other) {
        return tokens.size() <= other.tokens.size()
                && other.tokens.subList(0, tokens.size()).equals(tokens);
    }

    /** The value that it points to, if there is one. */
    public Optional<Value> in(Value document) {
        Value value = document;
        for (String token : tokens) {
            Optional<Value> next = switch (value.getKindCase()) {
                case STRUCT_VALUE ->
                    Optional.ofNullable(value.getStructValue().getFieldsMap().get(token));
                case LIST_VALUE -> element(value.getListValue(), token);
                default -> Optional.empty();
            };
            if (next.isEmpty()) {
                return next;
            }
            value = next.get();
        }
        return Optional.of(value);
    }

    /** As it is written. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }

    /** Whether a token can be the index of an element: no sign, no leading zero. */
    static boolean isIndex(String token) {
        return token.matches("0|[1-9][0-9]{0,8}");
    }

    /** The index that a token names; -1 when it names none. */
    public static int index(String token) {
        return isIndex(token) ? Integer.parseInt(token) : -1;
    }

    private static Optional<Value> element(ListValue list, String token) {
        if (!isIndex(token)) {
            return Optional.empty();
        }
        int index = Integer.parseInt(token);
        return index < list.getValuesCount() ? Optional.of(list.getValues(index)) : Optional.empty();
    }

    private static boolean isEscaped(String token) {
        for (int i = token.indexOf('~'); i >= 0; i = token.indexOf('~', i + 1)) {
            if (i + 1 == token.length() || (token.charAt(i + 1) != '0' && token.charAt(i + 1) != '1')) {
                return false;
            }
        }
        return true;
    }
}
