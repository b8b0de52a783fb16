package dev.pinfactory.specialists.learning.sequence;

import java.util.Collections;
import java.util.List;

/** A word, a number or a single sign; offsets are Java string indices, end exclusive. */
public record Token(String text, int start, int end) {
    /** The index of the first token that starts at or behind this offset. */
    public static int firstFrom(List<Token> tokens, int offset) {
        int found = Collections.binarySearch(
                tokens, new Token("", offset, offset), (a, b) -> Integer.compare(a.start(), b.start()));
        return found >= 0 ? found : -found - 1;
    }
}
