package dev.pinfactory.specialists.ocr;

import dev.pinfactory.specialists.learning.ranking.PlattScaling;

/**
 * How likely a line is right, letter by letter and digit by digit: a sigmoid over the log-odds that all its signs are (Platt 1999). Alone, the product of the
 * signs' probabilities doubts long lines too much, and their mean trusts every line.
 */
final class Confidence {
    /** Fitted to the lines of the forty receipts whose images there are, which {@link LineScores} finds right or wrong. */
    private static final PlattScaling SCALING = new PlattScaling(0.556, 1.729);

    private Confidence() {}

    static double of(LineText line) {
        return SCALING.of(line.allSigns());
    }
}
