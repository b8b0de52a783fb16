package dev.pinfactory.proto.type;

import java.util.Optional;

/** Offsets as the contracts count them: Unicode code points, end exclusive. */
public final class CodePoints {
    private CodePoints() {}

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The words at a span; empty where the span is empty or not inside the text. */
    public static Optional<String> slice(String text, int start, int end) {
        if (start < 0 || end <= start || end > length(text)) {
            return Optional.empty();
        }
        int from = text.offsetByCodePoints(0, start);
        return Optional.of(text.substring(from, text.offsetByCodePoints(from, end - start)));
    }

    /** The text, or its first code points and an ellipsis: for messages that quote what came. */
    public static String shortened(String text, int limit) {
        return text.length() <= limit || length(text) <= limit
                ? text
                : text.substring(0, text.offsetByCodePoints(0, limit)) + "…";
    }
}
