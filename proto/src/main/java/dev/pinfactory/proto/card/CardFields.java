package dev.pinfactory.proto.card;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.type.CodePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects violations of cards, and holds the rules for single fields that several messages share. */
final class CardFields {
    private static final int QUOTE = 80;

    final boolean strict;
    private final int limit;
    private final List<FieldViolation> violations = new ArrayList<>();

    CardFields(boolean strict, int limit) {
        this.strict = strict;
        this.limit = limit;
    }

    void add(String field, String message) {
        if (violations.size() < limit) {
            violations.add(new FieldViolation(field, message));
        }
    }

    List<FieldViolation> violations() {
        return List.copyOf(violations);
    }

    /** Each element matches. */
    void all(String field, List<String> values, Pattern pattern, String expected) {
        for (int i = 0; i < values.size(); i++) {
            matches(field + "[" + i + "]", values.get(i), pattern, expected);
        }
    }

    void matches(String field, String value, Pattern pattern, String expected) {
        if (!pattern.matcher(value).matches()) {
            add(field, quoted(value) + " came; expected " + expected);
        }
    }

    void atMost(String field, int count, int most, String what) {
        if (count > most) {
            add(field, count + " " + what + "; at most " + most);
        }
    }

    /** A text of bounded length without control characters. */
    void text(String field, String text, int most, boolean lines) {
        if (text.length() > most && CodePoints.length(text) > most) {
            add(field, "has " + CodePoints.length(text) + " code points; at most " + most);
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && !(lines && (c == '\n' || c == '\t')))) {
            add(field, lines ? "has control characters" : "has control characters or more than one line");
        }
    }

    static String quoted(String value) {
        return "'" + CodePoints.shortened(value, QUOTE) + "'";
    }
}
