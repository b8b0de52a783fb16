package dev.pinfactory.specialists.adapters.openai;

import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds where quotes stand in a text. A model can't count; what it quotes can be looked for. */
final class Quotes {
    /** Keeps a text of one letter cheap. */
    private static final int MAX_LOOKS = 1_000;

    private final String text;
    private final Map<String, Integer> from = new HashMap<>();

    Quotes(String text) {
        this.text = text;
    }

    /** Where a quote stands: whole words before parts of words, and the next place each time it is asked for. */
    Optional<Span> next(String quote) {
        if (quote.isBlank() || halves(quote)) {
            return Optional.empty();
        }
        int start = from.getOrDefault(quote, 0);
        int at = words(quote, start);
        if (at < 0 && start == 0) {
            at = text.indexOf(quote);
        }
        if (at < 0) {
            return Optional.empty();
        }
        from.put(quote, at + quote.length());
        return Optional.of(span(at, quote));
    }

    boolean has(String quote) {
        return text.contains(quote);
    }

    private int words(String quote, int start) {
        int at = text.indexOf(quote, start);
        for (int look = 0; at >= 0 && cutsAWord(at, quote); look++) {
            at = look < MAX_LOOKS ? text.indexOf(quote, at + 1) : -1;
        }
        return at;
    }

    private boolean cutsAWord(int at, String quote) {
        int end = at + quote.length();
        boolean before = at > 0
                && Character.isLetterOrDigit(text.codePointBefore(at))
                && Character.isLetterOrDigit(quote.codePointAt(0));
        boolean behind = end < text.length()
                && Character.isLetterOrDigit(text.codePointAt(end))
                && Character.isLetterOrDigit(quote.codePointBefore(quote.length()));
        return before || behind;
    }

    /** A character of two halves is quoted as a whole. */
    private static boolean halves(String quote) {
        return Character.isLowSurrogate(quote.charAt(0)) || Character.isHighSurrogate(quote.charAt(quote.length() - 1));
    }

    private Span span(int at, String quote) {
        int start = text.codePointCount(0, at);
        return Span.newBuilder()
                .setStart(start)
                .setEnd(start + CodePoints.length(quote))
                .build();
    }
}
