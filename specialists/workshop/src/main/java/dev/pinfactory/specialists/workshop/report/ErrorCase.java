package dev.pinfactory.specialists.workshop.report;

import dev.pinfactory.specialists.learning.plot.Plot;

/**
 * A wrong answer that somebody should read.
 *
 * @param line of the file
 * @param weight how wrong it is; the worst are shown first
 */
public record ErrorCase(int line, String input, String truth, String answer, double weight) {
    private static final int LONGEST = 300;

    public ErrorCase {
        input = Plot.shortened(input, LONGEST);
        truth = Plot.shortened(truth, LONGEST);
        answer = Plot.shortened(answer, LONGEST);
    }
}
