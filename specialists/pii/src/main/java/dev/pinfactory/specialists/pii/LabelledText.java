package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.learning.sequence.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with its gold personal data.
 *
 * @param group texts of the same group are made from the same template, and stay on one side of every split
 * @param spans offsets are Java string indices, end exclusive, in order
 */
record LabelledText(String group, String text, List<Gold> spans) {
    /** One gold datum. */
    record Gold(String type, int start, int end) {}

    LabelledText {
        spans = List.copyOf(spans);
    }

    /** The label of each token, as the sequence model knows it. */
    List<String> labels(List<Token> tokens) {
        List<String> labels = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            labels.add(spans.stream()
                    .filter(span -> token.start() < span.end() && token.end() > span.start())
                    .findFirst()
                    .map(span -> (token.start() <= span.start() ? "B-" : "I-") + span.type())
                    .orElse("O"));
        }
        return labels;
    }
}
