package dev.pinfactory.specialists.summary;

import dev.pinfactory.specialists.learning.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An abstract, cut into sentences, and the summaries that people wrote of it. */
record LabelledAbstract(List<String> sentences, List<String> references) {
    LabelledAbstract {
        sentences = List.copyOf(sentences);
        references = List.copyOf(references);
        if (sentences.isEmpty() || references.isEmpty()) {
            throw new IllegalArgumentException("an abstract needs sentences and references");
        }
    }

    /** Reads {@code {"sentences": […], "references": […]}}, one a line; other members are left alone. */
    static List<LabelledAbstract> read(Path file) {
        return JsonLines.read(
                file, line -> new LabelledAbstract(texts(line.path("sentences")), texts(line.path("references"))));
    }

    /** The text as users would send it. */
    String text() {
        return String.join(" ", sentences);
    }

    /** The strings of a list that are not blank. */
    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> {
            if (!text.asString().isBlank()) {
                texts.add(text.asString());
            }
        });
        return texts;
    }
}
