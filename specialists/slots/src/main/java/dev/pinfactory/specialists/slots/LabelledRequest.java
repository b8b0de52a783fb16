package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.sequence.Token;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A request, what it wants and with which parameters.
 *
 * @param slots not overlapping; offsets are code points
 */
record LabelledRequest(String text, String intent, Set<LabelledSpan> slots) {
    LabelledRequest {
        if (text.isBlank() || intent.isBlank()) {
            throw new IllegalArgumentException("member 'text' or 'label' is blank");
        }
        slots = Set.copyOf(slots);
    }

    /** Reads {@code {"text", "label", "slots": [{"start", "end", "type"}]}}, one a line. */
    static List<LabelledRequest> read(Path file) {
        return JsonLines.read(
                file,
                line -> of(line).orElseThrow(
                                () -> new IllegalArgumentException("members 'label' and 'slots' are missing")));
    }

    /** Empty where the line has no gold. */
    static Optional<LabelledRequest> of(JsonNode line) {
        String text = JsonLines.text(line, "text");
        JsonNode list = line.path("slots");
        if (!list.isArray() || JsonLines.textIfPresent(line, "label").orElse("").isBlank()) {
            return Optional.empty();
        }
        Set<LabelledSpan> slots = new HashSet<>();
        int length = text.codePointCount(0, text.length());
        for (JsonNode slot : list) {
            int start = slot.path("start").asInt(-1);
            int end = slot.path("end").asInt(-1);
            if (start < 0 || end <= start || end > length) {
                throw new IllegalArgumentException(
                        "member 'slots' has " + slot + ", expected a start and an end within the text");
            }
            slots.add(new LabelledSpan(start, end, JsonLines.text(slot, "type")));
        }
        return Optional.of(new LabelledRequest(text, JsonLines.text(line, "label"), slots));
    }

    /** The types of all slots, sorted. */
    static Set<String> types(List<LabelledRequest> requests) {
        Set<String> types = new TreeSet<>();
        requests.forEach(request -> request.slots().forEach(slot -> types.add(slot.label())));
        return types;
    }

    /** The label of each token, as the sequence model knows it. */
    List<String> labels(List<Token> tokens) {
        return tokens.stream().map(this::label).toList();
    }

    private String label(Token token) {
        for (LabelledSpan slot : slots) {
            int start = text.offsetByCodePoints(0, slot.start());
            int end = text.offsetByCodePoints(0, slot.end());
            if (token.start() < end && token.end() > start) {
                return (token.start() <= start ? "B-" : "I-") + slot.label();
            }
        }
        return "O";
    }
}
