package dev.pinfactory.specialists.emotion;

import dev.pinfactory.specialists.learning.JsonLines;
import java.nio.file.Path;
import java.util.List;

/** A customer's message with both labels: a line {@code {"text", "emotion", "urgency"}}. */
record Message(String text, String emotion, String urgency) {
    static final String FILE = "messages.jsonl";

    static List<Message> read(Path file) {
        return JsonLines.read(
                file,
                line -> new Message(
                        JsonLines.text(line, "text"),
                        JsonLines.text(line, "emotion"),
                        JsonLines.text(line, "urgency")));
    }
}
