package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.ranking.FeatureVector;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a field could be.
 *
 * @param value normalised
 * @param parts where it stands, in order; more than one where it goes over several lines
 */
record Candidate(String value, List<Part> parts, FeatureVector features) {
    /**
     * A piece of the text.
     *
     * @param start Java string index
     * @param end exclusive
     */
    record Part(Line line, int start, int end) {
        static Part of(Line line) {
            return new Part(line, line.start(), line.end());
        }
    }

    Candidate {
        parts = List.copyOf(parts);
    }

    /** What is written there, each run of white space one blank. */
    String source(String text) {
        return parts.stream()
                .map(part -> text.substring(part.start(), part.end()))
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ")
                .strip();
    }
}
