package dev.pinfactory.specialists.ocr;

import dev.pinfactory.specialists.learning.ranking.PlattScaling;

/** How likely a line is right, letter by letter and digit by digit. */
final class Confidence {
    private static final PlattScaling SCALING = PlattScaling.NONE;

    private Confidence() {}

    static double of(LineText line) {
        return SCALING.of(line.probability());
    }
}
