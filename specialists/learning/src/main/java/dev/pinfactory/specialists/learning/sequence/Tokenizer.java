package dev.pinfactory.specialists.learning.sequence;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into runs of letters, runs of digits and single signs; white space separates and is dropped. */
public final class Tokenizer {
    private Tokenizer() {}

    public static List<Token> tokenize(String text) {
        List<Token> tokens = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            Kind kind = Kind.of(text.codePointAt(start));
            int end = start + Character.charCount(text.codePointAt(start));
            while (end < text.length() && kind.runs && Kind.of(text.codePointAt(end)) == kind) {
                end += Character.charCount(text.codePointAt(end));
            }
            if (kind != Kind.BLANK) {
                tokens.add(new Token(text.substring(start, end), start, end));
            }
            start = end;
        }
        return tokens;
    }

    private enum Kind {
        LETTERS(true),
        DIGITS(true),
        BLANK(true),
        SIGN(false);

        final boolean runs;

        Kind(boolean runs) {
            this.runs = runs;
        }

        static Kind of(int codePoint) {
            if (Character.isLetter(codePoint) || Character.getType(codePoint) == Character.NON_SPACING_MARK) {
                return LETTERS;
            }
            if (Character.isDigit(codePoint)) {
                return DIGITS;
            }
            return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) ? BLANK : SIGN;
        }
    }
}
