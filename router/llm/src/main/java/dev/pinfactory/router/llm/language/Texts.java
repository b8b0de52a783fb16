package dev.pinfactory.router.llm.language;

import dev.pinfactory.proto.type.CodePoints;

/** Makes what a model wrote fit to be shown: one line, no control characters, short. */
final class Texts {
    private static final int MAX_REASON = 300;
    private static final int MAX_QUOTED = 80;

    private Texts() {}

    static String line(String text) {
        return shortened(text, MAX_REASON);
    }

    static String quotable(String text) {
        return shortened(text, MAX_QUOTED);
    }

    private static String shortened(String text, int most) {
        return CodePoints.shortened(
                text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip(), most);
    }
}
