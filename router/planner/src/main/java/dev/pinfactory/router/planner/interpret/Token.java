package dev.pinfactory.router.planner.interpret;

import java.util.Locale;

/**
 * A word, number, name, quotation or punctuation mark of the instruction.
 *
 * @param start index of the first char
 * @param end index after the last char
 */
public record Token(Kind kind, String text, int start, int end) {

    /** What a token is. */
    public enum Kind {
        WORD,
        NUMBER,
        /** Words in quotation marks, which never split. */
        QUOTED,
        /** A file name, URL, address or identifier. */
        NAME,
        PUNCTUATION
    }

    public String lower() {
        return text.toLowerCase(Locale.ROOT).replace('’', '\'');
    }

    public boolean is(String word) {
        return lower().equals(word);
    }
}
