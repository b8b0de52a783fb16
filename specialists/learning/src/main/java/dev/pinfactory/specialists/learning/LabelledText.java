package dev.pinfactory.specialists.learning;

import java.nio.file.Path;
import java.util.List;

/** A text and what it is. */
public record LabelledText(String text, String label) {
    public LabelledText {
        if (text.isBlank()) {
            throw new IllegalArgumentException("member 'text' is blank");
        }
        if (label.isBlank()) {
            throw new IllegalArgumentException("member 'label' is blank");
        }
    }

    /** Reads {@code {"text": …, "label": …}}, one a line; other members are left alone. */
    public static List<LabelledText> read(Path file) {
        return JsonLines.read(
                file, line -> new LabelledText(JsonLines.text(line, "text"), JsonLines.text(line, "label")));
    }
}
